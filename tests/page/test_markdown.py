"""Discord's markdown as the page renders it; whatever is typed comes out as text or as one of a few tags."""

from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.rehearsal.page.markdown import Plain, to_html, to_line, to_plain

COVER = '<span class="spoiler covered" role="button" tabindex="0" aria-label="Spoiler: press to show it">'
SAFE = {
    *("p", "br", "strong", "em", "u", "s", "code", "pre", "blockquote", "ul", "ol", "li", "h3", "h4", "h5"),
    *("small", "span", "div", "time", "button", "a"),
}
KNOWN = {"class", "role", "tabindex", "aria-label", "href", "title", "target", "rel", "start", "type"}
MARKS = st.text(st.sampled_from("a |*_~`<>#-\n\\[]()\"'&:/@!0:xht1."), max_size=60)


class Names:
    def user(self, user_id: int) -> str | None:
        return "<Mina>" if user_id == 1 else None

    def role(self, role_id: int) -> str | None:
        return "Host" if role_id == 2 else None

    def channel(self, channel_id: int) -> str | None:
        return "cinema" if channel_id == 3 else None


@pytest.mark.parametrize(
    ("typed", "html"),
    [
        ("**b** *i* _i_ __u__ ~~s~~", "<strong>b</strong> <em>i</em> <em>i</em> <u>u</u> <s>s</s>"),
        ("a `||b||` c", "a <code>||b||</code> c"),
        ("one\ntwo", "one<br>\ntwo"),
        (r"\||no|| \*x\*", "||no|| *x*"),
        ("||a **b**||", f'{COVER}<span class="inside">a <strong>b</strong></span></span>'),
        ("a || b", "a || b"),
        ("<b>x</b> &amp;", "&lt;b&gt;x&lt;/b&gt; &amp;amp;"),
        ("<@1>", '<span class="mention">@&lt;Mina&gt;</span>'),
        ("<@&2> <@9>", '<span class="mention">@Host</span> <span class="mention">@unknown</span>'),
        ("<#3>", '<button type="button" class="mention" data-channel="3">#cinema</button>'),
        ("<#4>", '<span class="mention">#no access</span>'),
        (
            "</tissues vote:7>",
            '<button type="button" class="mention" data-command="tissues vote">/tissues vote</button>',
        ),
        (
            "<t:1795860000:R>",
            '<time data-unix="1795860000" data-style="R">28 Nov 2026 10:00 UTC</time>',
        ),
        ("[x](javascript:alert(1))", "[x](javascript:alert(1))"),
    ],
)
def test_marks_inside_a_line(typed: str, html: str) -> None:
    assert to_html(typed, Names()) == f"<p>{html}</p>\n"


@pytest.mark.parametrize(
    ("typed", "html"),
    [
        ("### Seven films\ntext", "<h5>Seven films</h5><p>text</p>\n"),
        ("#### no heading", "<p>#### no heading</p>\n"),
        ("-# small print", "<p><small>small print</small></p>"),
        ("> said\nnot said", "<blockquote><p>said</p>\n</blockquote><p>not said</p>\n"),
        (">>> a\n\nb", "<blockquote><p>a</p>\n<p>b</p>\n</blockquote>"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"),
        ("```py\n<x>\n```", '<pre><code class="language-py">&lt;x&gt;\n</code></pre>\n'),
    ],
)
def test_marks_at_the_start_of_a_line(typed: str, html: str) -> None:
    assert to_html(typed) == html


def test_a_spoiler_of_two_paragraphs_stays_covered() -> None:
    html = to_html("||first\n\nsecond||")
    assert html.startswith('<div class="spoiler covered" role="button"')
    assert html.index("first") < html.index("second") < html.rindex("</div></div>")


def test_addresses_are_links_without_the_full_stop_and_only_to_the_web() -> None:
    html = to_html("see https://a.example/x?y=1&z. and [b](https://b.example) and <https://c.example>")
    assert 'href="https://a.example/x?y=1&amp;z" ' in html
    assert 'href="https://b.example"' in html
    assert 'href="https://c.example"' in html
    assert html.count('rel="noopener noreferrer"') == 3


def test_links_to_a_channel_or_a_message_lead_there_on_the_page() -> None:
    html = to_html(
        "[result](https://discord.com/channels/1/22/333) [home](https://discord.com/channels/1/22)"
    )
    assert '<a href="#box" data-channel="22" data-message="333">result</a>' in html
    assert '<a href="#box" data-channel="22" data-message="">home</a>' in html
    assert 'target="_blank"' in to_html("https://discord.com/developers")


def test_what_stands_in_a_control_cannot_be_pressed_itself() -> None:
    html = to_line("||a|| <#3> [b](https://b.example) </help:1>", Names(), still=True)
    assert "button" not in html
    assert "tabindex" not in html
    assert "href" not in html
    assert 'class="spoiler covered"' in html


def test_a_lock_screen_has_no_covers() -> None:
    assert to_plain("### Hi <@1>\n||he *dies*|| at <t:0>", Names()) == Plain(
        "Hi @<Mina> he dies at 01 Jan 1970 00:00 UTC", bares=True
    )
    assert to_plain("`||code||`") == Plain("||code||", bares=False)


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.depth += tag != "br"
        assert tag in SAFE
        for name, value in attrs:
            assert name in KNOWN or name.startswith("data-")
            assert name != "href" or (value or "").startswith(("http://", "https://"))

    def handle_endtag(self, tag: str) -> None:
        self.depth -= 1


@given(MARKS | st.text(max_size=40))
@example("<img src=x onerror=alert(1)>")
@example('<t:1><@1><a:b:1>[a](https://x" onclick="y)')
@example("||" * 40)
@example("> " * 30 + "x")
@example("<t:99999999999:F>")
def test_whatever_is_typed_comes_out_as_known_and_closed_tags(typed: str) -> None:
    for html in (to_html(typed, Names()), to_line(typed, Names()), to_line(typed, Names(), still=True)):
        tags = Tags()
        tags.feed(html)
        tags.close()
        assert tags.depth == 0
    to_plain(typed, Names())
