"""What a message's components may be: placement, counts and lengths, Components V2 or not."""

from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass

from bot.rehearsal.faults import Faults, Path
from bot.rehearsal.messages import walk
from bot.rehearsal.rules import Json, Rule

LIMITS = "discord.md: Limits, components"
DOCS = "docs: Component Reference"
ALL_COMPONENTS = Rule("a Components V2 message holds 40 components in all", LIMITS)
ALL_TEXT = Rule("4,000 characters over all text displays of a message together", LIMITS)
PLACEMENT = Rule("each component stands only where it may", DOCS)
ROW = Rule("5 buttons or one select a row, 5 rows without Components V2", LIMITS)
LABEL = Rule("a button label has at most 80 characters", LIMITS)
BUTTON = Rule("a button has a custom_id or a url, and a label or an emoji", DOCS)
CUSTOM_ID = Rule("a custom_id has 1-100 characters and is unique in its message", LIMITS)
OPTIONS = Rule("a select has 1-25 options of unique value", LIMITS)
OPTION = Rule("an option's label, value and description have at most 100 characters", DOCS)
SELECT = Rule("placeholder 150 characters, min_values 0-25, max_values 1-25", DOCS)
SECTION = Rule("a section has 1-3 text displays and a button or thumbnail", DOCS)
GALLERY = Rule("a media gallery has 1-10 items", DOCS)
ALT_TEXT = Rule("alt text has at most 1,024 characters", "discord.md: Limits, message")
MEDIA = Rule("media is an http(s) url or attachment:// a file of this message", DOCS)
COMPONENT_ID = Rule("a component's id is unique in its message", DOCS)

ROW_TYPE, BUTTON_TYPE, STRING_SELECT, TEXT_DISPLAY = 1, 2, 3, 10
IN_ROW = frozenset({2, 3, 5, 6, 7, 8})
IN_CONTAINER = frozenset({1, 9, 10, 12, 13, 14})
TOP_V2 = IN_CONTAINER | {17}


@dataclass(frozen=True, slots=True)
class Checker:
    """Walks a tree of components; `files` are the names that attachment:// may mean."""

    faults: Faults
    files: Collection[str] = ()

    def message(self, components: list[Json], *, v2: bool) -> None:
        path: Path = ("components",)
        self._children(components, path, TOP_V2 if v2 else frozenset({ROW_TYPE}))
        if not v2:
            self.faults.count(path, components, ROW, most=5)
        every = list(walk(components))
        if v2 and len(every) > 40:
            self.faults.add(path, "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED", "More than 40", ALL_COMPONENTS)
        if sum(len(c.get("content") or "") for c in every if c.get("type") == TEXT_DISPLAY) > 4000:
            self.faults.add(path, "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED", "More than 4000", ALL_TEXT)
        self.unique(every, path)

    def unique(self, every: list[Json], path: Path) -> None:
        keys: tuple[tuple[str, str, Rule], ...] = (
            ("custom_id", "COMPONENT_CUSTOM_ID_DUPLICATED", CUSTOM_ID),
            ("id", "COMPONENT_ID_DUPLICATED", COMPONENT_ID),
        )
        for key, code, rule in keys:
            seen = Counter(c[key] for c in every if c.get(key))
            for value in (value for value, times in seen.items() if times > 1):
                self.faults.add(path, code, f"{key} {value!r} stands more than once", rule)

    def component(self, component: Json, path: Path) -> None:
        checks: dict[int, Callable[[Json, Path], None]] = {
            1: self._row,
            2: self._button,
            9: self._section,
            10: self._text_display,
            11: self._media_holder,
            12: self._gallery,
            13: self._file,
            17: self._container,
        }
        check = self.select if component["type"] in IN_ROW - {BUTTON_TYPE} else checks.get(component["type"])
        if check is not None:
            check(component, path)

    def select(self, select: Json, path: Path) -> None:
        self.custom_id(select, path)
        self.faults.text((*path, "placeholder"), select.get("placeholder"), SELECT, most=150)
        options = select.get("options") or []
        if select["type"] == STRING_SELECT:
            self.options(options, path, most=25)
        least, most = select.get("min_values", 1), select.get("max_values", 1)
        if not 0 <= least <= 25 or not 1 <= most <= 25 or least > most:
            self.faults.add((*path, "min_values"), "NUMBER_TYPE_MIN", "0-25 and 1-25", SELECT)
        if options and (most > len(options) or sum(bool(o.get("default")) for o in options) > most):
            self.faults.add((*path, "max_values"), "BASE_TYPE_BAD_VALUE", "More than there are", SELECT)

    def options(self, options: list[Json], path: Path, *, most: int, least: int = 1) -> None:
        self.faults.count((*path, "options"), options, OPTIONS, least=least, most=most)
        for index, option in enumerate(options):
            here = (*path, "options", index)
            for key in ("label", "value"):
                self.faults.required((*here, key), option.get(key), OPTION)
                self.faults.text((*here, key), option.get(key), OPTION, most=100)
            self.faults.text((*here, "description"), option.get("description"), OPTION, most=100)
        if len({o.get("value") for o in options}) < len(options):
            self.faults.add((*path, "options"), "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", "Twice", OPTIONS)

    def custom_id(self, component: Json, path: Path) -> None:
        self.faults.required((*path, "custom_id"), component.get("custom_id"), CUSTOM_ID)
        self.faults.text((*path, "custom_id"), component.get("custom_id"), CUSTOM_ID, least=1, most=100)

    def _children(self, children: list[Json], path: Path, allowed: Collection[int]) -> None:
        for index, child in enumerate(children):
            if child.get("type") not in allowed:
                message = f"Type {child.get('type')} may not stand here"
                self.faults.add((*path, index, "type"), "UNION_TYPE_CHOICES", message, PLACEMENT)
            else:
                self.component(child, (*path, index))

    def _row(self, row: Json, path: Path) -> None:
        children = row.get("components") or []
        self._children(children, (*path, "components"), IN_ROW)
        selects = any(child.get("type") != BUTTON_TYPE for child in children)
        self.faults.count((*path, "components"), children, ROW, least=1, most=1 if selects else 5)

    def _button(self, button: Json, path: Path) -> None:
        self.faults.text((*path, "label"), button.get("label"), LABEL, most=80)
        link = button.get("style") == 5
        if link:
            self.faults.required((*path, "url"), button.get("url"), BUTTON)
        else:
            self.custom_id(button, path)
        if (link and button.get("custom_id")) or (not link and button.get("url")):
            self.faults.add(path, "BUTTON_COMPONENT_CUSTOM_ID_URL_EXCLUSIVE", "Either, not both", BUTTON)
        if not button.get("label") and not button.get("emoji"):
            self.faults.add(path, "BUTTON_COMPONENT_INVALID", "A label or an emoji", BUTTON)

    def _section(self, section: Json, path: Path) -> None:
        texts = section.get("components") or []
        self.faults.count((*path, "components"), texts, SECTION, least=1, most=3)
        self._children(texts, (*path, "components"), {TEXT_DISPLAY})
        accessory = section.get("accessory") or {}
        self._children([accessory], (*path, "accessory"), {BUTTON_TYPE, 11})

    def _text_display(self, display: Json, path: Path) -> None:
        self.faults.required((*path, "content"), display.get("content"), ALL_TEXT)
        self.faults.text((*path, "content"), display.get("content"), ALL_TEXT, most=4000)

    def _container(self, container: Json, path: Path) -> None:
        children = container.get("components") or []
        self.faults.required((*path, "components"), children, PLACEMENT)
        self._children(children, (*path, "components"), IN_CONTAINER)

    def _gallery(self, gallery: Json, path: Path) -> None:
        items = gallery.get("items") or []
        self.faults.count((*path, "items"), items, GALLERY, least=1, most=10)
        for index, item in enumerate(items):
            self._media_holder(item, (*path, "items", index))

    def _media_holder(self, holder: Json, path: Path) -> None:
        self.faults.text((*path, "description"), holder.get("description"), ALT_TEXT, most=1024)
        self._media(holder.get("media") or {}, (*path, "media"))

    def _file(self, file: Json, path: Path) -> None:
        self._media(file.get("file") or {}, (*path, "file"))

    def _media(self, media: Json, path: Path) -> None:
        scheme, _, name = str(media.get("url") or "").partition("://")
        if scheme not in {"http", "https"} and not (scheme == "attachment" and name in self.files):
            message = f"{media.get('url')!r} is no file of this message"
            self.faults.add(
                (*path, "url"), "UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND", message, MEDIA
            )
