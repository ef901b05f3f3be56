"""What polls came to, for whoever asks: one result, all versions, the board."""

from collections.abc import Iterator, Sequence

from bot.domain.film import Film
from bot.domain.tissues.comparing import FEWEST_COMPARED, Tally
from bot.domain.tissues.counts import lines_within
from bot.domain.tissues.polls import FEWEST_SHOWN
from bot.domain.tissues.results import Board, Result
from bot.errors import UserError
from bot.house import House
from bot.i18n import Speaker
from bot.ui.cards import Card, button, rows, small
from bot.ui.desk import Asker, Handler, Press
from bot.ui.numbers import decimal
from bot.ui.pictures import ALT_LIMIT, Figure, Picture
from bot.ui.reading import named
from cogs.tissues.cards import poll_card, result_card
from cogs.tissues.choosing import latest_poll, named_poll
from cogs.tissues.posting import Posting
from cogs.tissues.words import Names

MEDALS = ("🥇", "🥈", "🥉")


class Showing:
    """Everything that only reads."""

    def __init__(self, house: House, names: Names, posting: Posting) -> None:
        self._results = house.tissue_results
        self._pictures = house.pictures
        self._names = names
        self._posting = posting

    def routes(self) -> Iterator[tuple[str, Handler]]:
        yield "tissues-all", self._all_versions
        yield "tissues-board", self._listed

    async def result(self, asker: Asker, typed: str | None) -> None:
        """A closed poll's result for everybody; of an open one what its message says, to the one who asks."""
        poll = await latest_poll(asker, self._results, typed, lambda poll: not poll.open)
        poll = poll or await latest_poll(asker, self._results, None, lambda _: True)
        result = await self._results.result(poll.poll_id) if poll else None
        if result is None:
            raise UserError("tissues.none_yet")
        if result.poll.open:
            await asker.whisper(poll_card(result, self._names, asker.t))
        else:
            await self._show_result(asker, result)

    async def versions(self, asker: Asker, film: Film) -> None:
        """All versions side by side, for everybody."""
        card, picture = await self._versions(asker.club_id, film, asker.public)
        await _send(asker, card, picture, private=False)

    async def board(self, asker: Asker) -> None:
        board = await self._results.board(asker.club_id, asker.member_id)
        await asker.show(board_card(board, asker.public))

    async def _show_result(self, asker: Asker, result: Result) -> None:
        picture = await self._posting.picture(result, asker.public)
        card = result_card(result, self._names, asker.public, picture, mark=False)
        await _send(asker, card, picture, private=False)

    async def _all_versions(self, press: Press) -> None:
        asker = press.asker
        poll = await named_poll(asker, self._results, press.word())
        card, picture = await self._versions(asker.club_id, self._names.film(poll.film), asker.t)
        await _send(asker, card, picture, private=True)

    async def _versions(self, club_id: int, film: Film, t: Speaker) -> tuple[Card, Picture | None]:
        """The chart numbers the versions as the list does: names and their scripts stand in the text alone."""
        tallies = await self._results.versions(club_id, film.slug)
        charted = [tally for tally in tallies if tally.comparable]
        picture = None
        if len(charted) > 1:
            bars = [
                Figure(str(place), decimal(tally.mean, t), tally.mean)
                for place, tally in enumerate(charted, 1)
            ]
            picture = await self._pictures.bars("versions", self._versions_alt(charted, t), bars)
        return versions_card(film, tallies, self._names, t, picture), picture

    def _versions_alt(self, charted: Sequence[Tally], t: Speaker) -> str:
        lines = [
            t(
                "tissues.versions_alt_line",
                version=self._names.long(tally),
                mean=decimal(tally.mean, t),
                n=tally.people,
            )
            for tally in charted
        ]
        return "\n".join(lines_within([t("tissues.versions_alt"), *lines], ALT_LIMIT))

    async def _listed(self, press: Press) -> None:
        """On the board or off it, by the member's own press."""
        asker, listed = press.asker, press.word() == "join"
        await self._results.list_on_board(asker.club_id, asker.member_id, asker.now, listed=listed)
        board = await self._results.board(asker.club_id, asker.member_id)
        await asker.change(board_card(board, asker.public))


def versions_card(
    film: Film, tallies: Sequence[Tally], names: Names, t: Speaker, picture: Picture | None
) -> Card:
    """Compared versions numbered, wettest first; then those with too few answers; then those never asked about."""
    charted = [tally for tally in tallies if tally.comparable]
    lines = [
        t(
            "tissues.version_line",
            place=place,
            version=names.long(tally),
            mean=decimal(tally.mean, t),
            n=tally.people,
        )
        for place, tally in enumerate(charted, 1)
    ]
    lines += [
        t("tissues.version_few", version=names.long(tally), n=tally.people)
        for tally in tallies
        if not tally.comparable
    ]
    asked = {tally.version for tally in tallies}
    lines += [
        t("tissues.version_none", version=named(version))
        for version in film.versions
        if version.key not in asked
    ]
    return Card(
        f"### 🧻 {t('tissues.versions_title', film=film.name)}",
        picture.item() if picture else "",
        "\n".join(lines),
        small(t("tissues.versions_rules", compared=FEWEST_COMPARED, shown=FEWEST_SHOWN)),
    )


def board_card(board: Board, t: Speaker) -> Card:
    """Who asked to be listed, with their totals over closed polls."""
    lines = [
        t(
            "tissues.board_line",
            medal=MEDALS[place] if place < len(MEDALS) else "·",
            member=f"<@{row.member_id}>",
            n=row.total,
            polls=row.polls,
        )
        for place, row in enumerate(board.rows)
    ]
    return Card(
        f"### 🧻 {t('tissues.board_title')}",
        "\n".join(lines) or t("tissues.board_empty"),
        *rows(
            [
                button(t("tissues.button_join"), "tissues-board:join"),
                button(t("tissues.button_leave"), "tissues-board:leave"),
            ]
        ),
        small(t("tissues.board_rules")),
    )


async def _send(asker: Asker, card: Card, picture: Picture | None, *, private: bool) -> None:
    files = [picture.file()] if picture else []
    await asker.interaction.response.send_message(view=card, files=files, ephemeral=private)
