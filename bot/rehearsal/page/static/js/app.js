// Puts the page together and listens to the keys that hold everywhere.

import { startChannels } from "./channels.js";
import { startWriting, focusBox } from "./composer.js";
import { $, p } from "./dom.js";
import { startDrawers } from "./drawers.js";
import { startHead } from "./head.js";
import { startLog } from "./log.js";
import { startMessages } from "./messages.js";
import { startPanel } from "./panel.js";
import { startTheme } from "./theme.js";
import { dress, startTime } from "./time.js";
import { connect, get, watch } from "./wire.js";

startTheme();
startChannels($("#channels"));
startHead($("#head"), $("#banner"));
startMessages($("#messages"));
startWriting($("#write"));
startPanel($("#panel"));
startLog($("#drawer"));
startDrawers();
startTime();
watch(["here", "club"], () => {
  document.title = `${get("here").kind === "dm" ? "" : "#"}${get("here").name} · ${get("club").name}`;
  dress();
});

document.addEventListener("keydown", (event) => {
  const writes = event.target.closest("input, textarea, select, dialog, [role=listbox]");
  if (event.key === "/" && !writes && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    focusBox("/");
  }
});

const ENDED = "The rehearsal has ended. Start the demo again and open its new address.";
connect(
  () => $("#frame").setAttribute("aria-busy", "false"),
  () => $("#banner").replaceChildren(p("bad", ENDED)),
);
