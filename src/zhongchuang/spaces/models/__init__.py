"""The register: spaces with their dated particulars, changes that wait for a decision, clusters."""

from zhongchuang.spaces.models.change import Change
from zhongchuang.spaces.models.clusters import Cluster, Membership
from zhongchuang.spaces.models.dated import Dated, Proof
from zhongchuang.spaces.models.plan import Plan
from zhongchuang.spaces.models.space import Space, operating_in
from zhongchuang.spaces.models.tables import (
    TABLES,
    Desk,
    Equipment,
    Host,
    Lease,
    Particulars,
    Photograph,
    Premises,
    StaffCount,
    StaffMember,
)

__all__ = [
    "TABLES",
    "Change",
    "Cluster",
    "Dated",
    "Desk",
    "Equipment",
    "Host",
    "Lease",
    "Membership",
    "Particulars",
    "Photograph",
    "Plan",
    "Premises",
    "Proof",
    "Space",
    "StaffCount",
    "StaffMember",
    "operating_in",
]
