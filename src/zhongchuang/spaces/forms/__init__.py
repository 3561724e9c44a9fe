"""The shape of what people enter about spaces; what may be done with it stands in the actions."""

from zhongchuang.spaces.forms.clusters import ClusterForm, MemberForm
from zhongchuang.spaces.forms.space import (
    BasicsForm,
    CloseForm,
    FilterForm,
    NewSpaceForm,
    ReturnForm,
)
from zhongchuang.spaces.forms.versions import (
    BLANK,
    ROW_FORMS,
    AnswerForm,
    EndForm,
    OperatorChangeForm,
    PlatformsField,
    RevealForm,
    WritingForm,
    day_input,
)

__all__ = [
    "BLANK",
    "ROW_FORMS",
    "AnswerForm",
    "BasicsForm",
    "CloseForm",
    "ClusterForm",
    "EndForm",
    "FilterForm",
    "MemberForm",
    "NewSpaceForm",
    "OperatorChangeForm",
    "PlatformsField",
    "ReturnForm",
    "RevealForm",
    "WritingForm",
    "day_input",
]
