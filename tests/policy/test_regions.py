import pytest

from zhongchuang.policy.errors import Refused
from zhongchuang.policy.regions import is_within, region_code, region_name


@pytest.mark.parametrize("text", ["430000", "43", "湖南省", "湖南", " 湖南省 ", "４３００００"])
def test_a_province_is_read_from_its_code_and_its_names(text):
    assert region_code(text) == "430000"


@pytest.mark.parametrize(
    "text",
    [
        "430100",
        "4301",
        "长沙市",
        "长沙",
        "湖南省长沙市",
        "湖南长沙",
        "湖南省 / 长沙市",
        "湖南省长沙市市辖区",
    ],
)
def test_a_city_is_read_alone_and_under_its_province(text):
    assert region_code(text) == "430100"


@pytest.mark.parametrize("text", ["430104", "岳麓区", "岳麓", "长沙市岳麓区", "湖南省长沙市岳麓区"])
def test_a_county_with_a_name_of_its_own_needs_no_city(text):
    assert region_code(text) == "430104"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("北京市", "110000"),
        ("重庆", "500000"),
        ("北京市北京市", "110100"),
        ("北京市朝阳区", "110105"),
        ("北京市北京市朝阳区", "110105"),
        ("重庆城口", "500229"),
    ],
)
def test_a_directly_governed_city_is_a_province_and_its_districts_are_below_it(text, code):
    assert region_code(text) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("济源市", "419001"),
        ("河南省济源市", "419001"),
        ("神农架", "429021"),
        ("石河子市", "659001"),
        ("新疆石河子", "659001"),
        ("东莞", "441900"),
        ("香港", "810000"),
        ("澳门特别行政区", "820000"),
        ("台湾", "710000"),
    ],
)
def test_counties_without_a_city_and_cities_without_counties_are_found(text, code):
    assert region_code(text) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("广西", "450000"),
        ("广西自治区", "450000"),
        ("内蒙古", "150000"),
        ("新疆", "650000"),
        ("湘西", "433100"),
        ("湘西州", "433100"),
        ("湘西土家族苗族自治州", "433100"),
        ("长阳", "420528"),
        ("长阳县", "420528"),
        ("龙胜", "450328"),
        ("鄂温克", "150724"),
        ("喀什", "653100"),
        ("阿拉善", "152900"),
        ("浦东", "310115"),
    ],
)
def test_autonomous_regions_are_known_by_their_short_names(text, code):
    assert region_code(text) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [("吉林", "220000"), ("海南", "460000"), ("河北", "130000"), ("河南", "410000")],
)
def test_the_short_name_of_a_province_means_the_province(text, code):
    assert region_code(text) == code


@pytest.mark.parametrize(
    ("text", "code"), [("吉林市", "220200"), ("青海省海南州", "632500"), ("天津河北", "120105")]
)
def test_a_namesake_of_a_province_is_reached_by_full_name_or_path(text, code):
    assert region_code(text) == code


@pytest.mark.parametrize(
    ("text", "code"), [("恩施", "422800"), ("恩施市", "422801"), ("长沙县", "430121")]
)
def test_a_name_shared_with_a_county_inside_means_the_region_that_holds_it(text, code):
    assert region_code(text) == code


def test_an_ambiguous_name_is_refused_with_every_region_that_bears_it():
    with pytest.raises(Refused) as refusal:
        region_code("朝阳区")
    assert str(refusal.value) == (
        "“朝阳区” may be any of: 110105 北京市朝阳区, 220104 吉林省长春市朝阳区. "
        "Write the code, or the name with the region above it."
    )


def test_a_city_and_a_district_elsewhere_of_the_same_short_name_are_not_guessed_at():
    with pytest.raises(Refused) as refusal:
        region_code("中山")
    assert refusal.value.params["candidates"] == "210202 辽宁省大连市中山区, 442000 广东省中山市"
    assert region_code("中山市") == "442000"


def test_an_unknown_place_in_a_known_city_is_refused_with_the_city():
    with pytest.raises(Refused) as refusal:
        region_code("湖南省长沙市河东区")
    assert (
        str(refusal.value)
        == "“湖南省长沙市河东区” is no region of the list. Nearest: 430100 湖南省长沙市."
    )


def test_a_misspelt_name_is_refused_with_names_that_look_like_it():
    with pytest.raises(Refused) as refusal:
        region_code("内蒙古治区")
    assert refusal.value.params["candidates"] == "150000 内蒙古自治区"


def test_an_unknown_code_is_refused_with_the_region_above_it():
    with pytest.raises(Refused) as refusal:
        region_code("411099")
    assert refusal.value.params == {"found": "411099", "candidates": "411000 河南省许昌市"}


@pytest.mark.parametrize("text", ["", "  ", "?", "990000", "湖" * 500, "0", "12345678901234567890"])
def test_what_is_like_no_region_is_refused_with_an_example(text):
    with pytest.raises(Refused) as refusal:
        region_code(text)
    assert refusal.value.params["code"] == "430000"


def test_a_refusal_is_rendered_through_a_translation():
    with pytest.raises(Refused) as refusal:
        region_code("411099")
    assert (
        refusal.value.text(lambda _message: "%(found)s / %(candidates)s")
        == "411099 / 411000 河南省许昌市"
    )


@pytest.mark.parametrize(
    ("code", "name"),
    [("430000", "湖南省"), ("43", "湖南省"), ("4110", "许昌市"), ("120102", "河东区")],
)
def test_a_code_has_a_name(code, name):
    assert region_name(code) == name


def test_a_code_that_is_not_in_the_list_has_no_name():
    with pytest.raises(Refused):
        region_name("439999")


@pytest.mark.parametrize(
    ("code", "prefix"),
    [
        ("430000", "43"),
        ("430000", "430000"),
        ("430104", "43"),
        ("411002", "4110"),
        ("411002", "411000"),
        ("419001", "41"),
    ],
)
def test_a_region_is_within_itself_and_those_above_it(code, prefix):
    assert is_within(code, prefix)


@pytest.mark.parametrize(
    ("code", "prefix"),
    [("430000", "4301"), ("410000", "4110"), ("419001", "4110"), ("440000", "43")],
)
def test_a_region_is_not_within_those_below_or_beside_it(code, prefix):
    assert not is_within(code, prefix)


def test_a_region_whose_code_ends_in_a_single_zero_keeps_it():
    assert is_within("110109", "1101")
    assert not is_within("110109", "110110")
    assert is_within("320310", "320310")
    assert not is_within("320311", "320310")
