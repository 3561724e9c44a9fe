import pytest

from zhongchuang.page.display import same_site_path


@pytest.mark.parametrize("target", ["/", "/packs/", "/search/?q=a&b=c"])
def test_a_path_of_this_site_is_followed(target):
    assert same_site_path(target) == target


@pytest.mark.parametrize(
    "target",
    [
        None,
        "",
        "packs/",
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "https://evil.example/",
        "http:evil.example",
        "javascript:alert(1)",
        "/\t/evil.example",
        "\x00//evil.example",
        " //evil.example",
    ],
)
def test_any_other_target_leads_to_the_start_page(target):
    assert same_site_path(target) == "/"


def test_a_choice_is_kept_and_leads_back(client):
    answer = client.get("/display/", {"size": "elder", "next": "/help/"})
    assert (answer.status_code, answer["Location"]) == (302, "/help/")
    assert client.get("/help/").context["display"].size == "elder"


def test_a_choice_that_does_not_exist_changes_nothing(client):
    answer = client.get("/display/", {"size": "huge", "language": "tlh"})
    assert answer.status_code == 200
    assert not answer.cookies


def test_the_site_speaks_chinese_first_whatever_the_browser_prefers(client):
    answer = client.get("/help/", headers={"accept-language": "en"})
    assert answer["Content-Language"] == "zh-CN"


def test_english_is_a_choice(client):
    client.get("/display/", {"language": "en"})
    answer = client.get("/help/")
    assert answer["Content-Language"] == "en"
    assert "<h1>Help</h1>" in answer.content.decode()
