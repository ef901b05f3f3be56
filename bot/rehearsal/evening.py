"""A short evening of a film club, played by members over the wire: what the demo prints."""

from collections.abc import Callable

from bot.rehearsal.answers import Answer
from bot.rehearsal.entities import Channel
from bot.rehearsal.members import Member
from bot.rehearsal.permissions import Permission
from bot.rehearsal.rehearsal import Rehearsal
from bot.rehearsal.transcript import GREEN, ITALIC, RESET, Transcript

Print = Callable[[str], None]

REVEAL = "Show me, only me"


class Evening:
    """The club, and a screen on which everything appears as its members see it."""

    def __init__(self, discord_: Rehearsal, transcript: Transcript, print_: Print) -> None:
        self._transcript = transcript
        self._print = print_
        self._guild = discord_.guild("Sunday Cell Film Club", locale="en-US")
        self._cinema = self._guild.text_channel("cinema")
        admins = self._guild.role("Admin", permissions=Permission.MANAGE_GUILD)
        self._ada = self._guild.member("Ada", roles=[admins])
        self._mina = self._guild.member("Mina", locale="en-GB")
        self._kemal = self._guild.member("Kemal")
        self._joy = self._guild.member("Joy")

    async def play(self) -> None:
        """Everybody comes, asks, and sees no more than they should."""
        cinema = self._cinema
        self._scene("Sunday, a quarter to eight. The club gathers in #cinema.")
        listed = await self._ask(self._mina, cinema, "miracle versions")
        self._scene("Kemal opens the Turkish film from the list. Only Kemal sees the card.")
        self._shown(
            self._kemal,
            "chooses 7. Koğuştaki Mucize",
            await self._kemal.choose(listed, "Open a version", "tr2019"),
        )
        await self._ask(self._joy, cinema, "miracle fact", version="kr2013")
        self._scene("Somebody wants to compare. How they end stays out of the channel…")
        compared = await self._ask(self._kemal, cinema, "miracle compare", one="kr2013", other="tr2019")
        self._scene("…and whoever wants to know it anyway gets it alone, behind a spoiler tag.")
        self._shown(self._joy, "presses [Show me, only me]", await self._joy.press(compared, REVEAL))
        await self._ask(self._mina, cinema, "miracle truestory")
        await self._ask(self._mina, cinema, "miracle warnings", version="kr2013")
        self._scene("The admin looks at how the server wants the bot. Nobody has set anything yet.")
        await self._ask(self._ada, cinema, "club settings")
        self._scene("A typo costs nothing.")
        await self._ask(self._joy, cinema, "miracle version", version="tr2091")

    async def _ask(self, member: Member, channel: Channel, command: str, **options: str) -> Answer:
        typed = " ".join([f"/{command}", *(f"{name}:{value}" for name, value in options.items())])
        answer = await member.slash(channel, command, **options)
        self._shown(member, typed, answer)
        return answer

    def _shown(self, member: Member, did: str, answer: Answer) -> None:
        self._print(self._painted(f"{member.name}  {did}", GREEN))
        self._print(f"{self._transcript.answer(answer)}\n")

    def _scene(self, text: str) -> None:
        self._print(f"{self._painted(text, ITALIC)}\n")

    def _painted(self, text: str, style: str) -> str:
        return f"{style}{text}{RESET}" if self._transcript.colour else text
