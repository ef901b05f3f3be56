// Discord's native poll, as its wire shape says it; voters and counts are public there.

import { act } from "./components.js";
import { h } from "./dom.js";

export function drawPoll(message) {
  const { poll } = message;
  const counts = new Map((poll.results?.answer_counts ?? []).map((count) => [count.id, count]));
  const total = [...counts.values()].reduce((sum, count) => sum + count.count, 0);
  const kind = poll.allow_multiselect ? "checkbox" : "radio";
  const name = `poll-${message.id}`;
  const answers = poll.answers.map((answer) => {
    const count = counts.get(answer.answer_id) ?? { count: 0 };
    return h("label", { class: "answer", style: { "--share": String(total ? count.count / total : 0) } },
      h("input", { type: kind, name, value: String(answer.answer_id), checked: poll.mine.includes(answer.answer_id), disabled: poll.over }),
      h("span", {}, answer.poll_media.text), h("span", { class: "aside" }, `${count.count}`));
  });
  const vote = (event) => {
    event.preventDefault();
    const chosen = [...event.target.querySelectorAll("input:checked")].map((input) => Number(input.value));
    act(message, event.submitter, "vote", { answers: chosen });
  };
  return h("form", { class: "poll container", onsubmit: vote },
    h("fieldset", {}, h("legend", {}, poll.question.text), answers),
    h("p", {}, poll.over ? (poll.results?.is_finalized ? "Closed. " : "Closed, being counted. ") : h("button", { class: "button primary", data: { key: name } }, "Vote"), ` ${total} votes `,
      poll.expiry ? h("time", { data: { unix: String(Date.parse(poll.expiry) / 1000), style: "R" } }) : null));
}
