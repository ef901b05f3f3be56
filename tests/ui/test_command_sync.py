"""Commands go to Discord with their English texts as the defaults."""

from bot.ui.command_sync import with_default_texts


def test_english_becomes_the_default_at_every_depth() -> None:
    node = {
        "name": "club",
        "description": "command.club",
        "description_localizations": {"en-US": "How this server wants it", "tr": "Ayarlar"},
        "options": [
            {
                "name": "ceiling",
                "description": "option.ceiling",
                "description_localizations": {"en-US": "How much"},
                "choices": [
                    {"name": "level.none", "value": "none", "name_localizations": {"en-US": "nothing"}}
                ],
            }
        ],
    }
    assert with_default_texts(node) == {
        "name": "club",
        "description": "How this server wants it",
        "description_localizations": {"tr": "Ayarlar"},
        "options": [
            {
                "name": "ceiling",
                "description": "How much",
                "description_localizations": {},
                "choices": [{"name": "nothing", "value": "none", "name_localizations": {}}],
            }
        ],
    }


def test_what_has_no_english_stays_as_it_is() -> None:
    node = {"name": "Hide as spoiler", "type": 3, "description_localizations": None}
    assert with_default_texts(node) == node
