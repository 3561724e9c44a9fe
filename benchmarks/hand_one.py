"""One space explained by a plain Python function that knows these two sets alone."""

NOT_APPLICABLE, MET, FOR_JUDGEMENT, UNKNOWN, NOT_MET = range(5)
OPERATORS = frozenset({"legal_person", "organisation", "dependent_body", "individual"})
LEGAL_PERSON, YES = frozenset({"legal_person"}), frozenset({True})


def at_least(id_, cite, fact, found, needed):
    """(id, fact, verdict, article, needed, found, short by, missing) of a threshold."""
    if found is None:
        return (id_, fact, UNKNOWN, cite, needed, None, None, (fact,))
    if found >= needed:
        return (id_, fact, MET, cite, needed, found, None, ())
    return (id_, fact, NOT_MET, cite, needed, found, needed - found, ())


def one_of(id_, cite, fact, found, allowed):
    """The same of a code."""
    if found is None:
        return (id_, fact, UNKNOWN, cite, allowed, None, None, (fact,))
    return (id_, fact, MET if found in allowed else NOT_MET, cite, allowed, found, None, ())


def within(id_, cite, fact, found, region):
    """The same of a region."""
    if found is None:
        return (id_, fact, UNKNOWN, cite, region, None, None, (fact,))
    return (id_, fact, MET if found.startswith(region) else NOT_MET, cite, region, found, None, ())


def judged(id_, cite, given):
    """The same of what a person looks at."""
    verdict = FOR_JUDGEMENT if given is None else MET if given else NOT_MET
    return (id_, None, verdict, cite, None, None, None, ())


def lease(cite, tenure, then):
    """The lease counts only where the premises are rented."""
    if tenure == "rented":
        return then
    id_, fact, verdict, _cite, needed, found, _short, missing = then
    if tenure is not None:
        return (id_, fact, NOT_APPLICABLE, cite, None, None, None, ())
    if verdict == MET:
        return then
    missing = ("tenure", *missing)
    return (id_, fact, UNKNOWN, cite, needed, found, None, missing)


def any_of(one, other):
    """Met before unknown before for judgement before not met."""
    if MET in (one, other):
        return MET
    if UNKNOWN in (one, other):
        return UNKNOWN
    return FOR_JUDGEMENT if FOR_JUDGEMENT in (one, other) else NOT_MET


def filing(facts, given):
    """The verdict of the set, all its conditions, and its groups."""
    get, look = facts.get, given.get
    area = at_least("area", "6(3)", "floor_area", get("floor_area"), 500)
    desks = at_least("desks", "6(3)", "desks", get("desks"), 100)
    fund = at_least("fund", "6(4)", "fund_amount", get("fund_amount"), 3_000_000)
    projects = at_least(
        "projects", "6(4)", "projects_invested.total", get("projects_invested.total"), 3
    )
    leaves = [
        one_of("operator", "6(1)", "operator_kind", get("operator_kind"), OPERATORS),
        judged("rules", "6(2)", look("rules")),
        judged("team", "6(2)", look("team")),
        area,
        desks,
        lease(
            "6(3)",
            get("tenure"),
            at_least("lease", "6(3)", "lease_years_left", get("lease_years_left"), 3),
        ),
        judged("facilities", "6(3)", look("facilities")),
        fund,
        projects,
        judged("technology", "6(5)", look("technology")),
        judged("platform", "6(5)", look("platform")),
        one_of("online", "6(5)", "online_platform", get("online_platform"), YES),
        judged("offline", "6(5)", look("offline")),
        at_least("running", "7", "months_operating", get("months_operating"), 3),
    ]
    groups = [("premises", max(area[2], desks[2])), ("money", max(fund[2], projects[2]))]
    return max([leaf[2] for leaf in leaves]), leaves, groups


def recognition(facts, given):
    """The same of Hunan's set."""
    get, look = facts.get, given.get
    fund = at_least("fund", "5(5)", "fund_amount", get("fund_amount"), 1_000_000)
    partner = at_least("partner", "5(5)", "investor_partners", get("investor_partners"), 1)
    investments = at_least(
        "investments", "5(5)", "investment_cases.total", get("investment_cases.total"), 2
    )
    partners = max(partner[2], investments[2])
    money = any_of(fund[2], partners)
    plain = [
        one_of("legal_person", "5(1)", "operator_kind", get("operator_kind"), LEGAL_PERSON),
        within("registered", "5(1)", "registered_in", get("registered_in"), "43"),
        judged("fixed", "5(1)", look("fixed")),
        lease(
            "5(1)", get("tenure"), at_least("lease", "5(1)", "lease_years", get("lease_years"), 3)
        ),
        at_least("area", "5(1)", "floor_area", get("floor_area"), 500),
        at_least("residents", "5(1)", "residents", get("residents"), 10),
        judged("fields", "5(1)", look("fields")),
        at_least("running", "5(1)", "months_operating", get("months_operating"), 6),
        judged("offices", "5(1)", look("offices")),
        at_least("public_area", "5(1)", "public_area_share", get("public_area_share"), 30),
        judged("utilities", "5(2)", look("utilities")),
        judged("services", "5(2)", look("services")),
        judged("rules", "5(3)", look("rules")),
        judged("model", "5(3)", look("model")),
        at_least("mentors", "5(4)", "mentors", get("mentors"), 3),
        at_least("staff", "5(4)", "staff", get("staff"), 5),
        judged("skills", "5(4)", look("skills")),
        judged("mentoring", "5(4)", look("mentoring")),
        at_least("free", "5(6)", "free_months", get("free_months"), 6),
    ]
    *others, free = plain
    groups = [("partners", partners), ("money", money)]
    return (
        max([money, *[leaf[2] for leaf in plain]]),
        [*others, fund, partner, investments, free],
        groups,
    )
