// Discord's native poll, as its wire shape says it; voters and counts are public there.

import { act } from "./components.js";
import { h, span } from "./dom.js";
import { moment } from "./time.js";

export function drawPoll(message) {
  const { poll } = message;
  const counts = new Map((poll.results?.answer_counts ?? []).map((count) => [count.id, count.count]));
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const vote = (event) => {
    event.preventDefault();
    const chosen = [...event.target.querySelectorAll("input:checked")].map((input) => Number(input.value));
    act(message, event.submitter, "vote", { answers: chosen });
  };
  const send = h("button", { class: "button primary", data: { key: `vote-${message.id}` } }, "Vote");
  return h("form", { class: "poll container", onsubmit: vote },
    h("fieldset", {}, h("legend", {}, poll.question.text),
      poll.answers.map((answer) => drawAnswer(message, answer, counts.get(answer.answer_id) ?? 0, total))),
    h("p", {}, poll.over ? closed(poll) : send,
      ` · ${total} ${total === 1 ? "vote" : "votes"}`,
      poll.over ? null : [" · ends ", moment(Date.parse(poll.expiry) / 1000, "R")]));
}

const closed = (poll) => (poll.results?.is_finalized ? "Closed" : "Closed, being counted");

function drawAnswer({ id, poll }, answer, count, total) {
  const input = h("input", {
    type: poll.allow_multiselect ? "checkbox" : "radio", name: `poll-${id}`, value: String(answer.answer_id),
    checked: poll.mine.includes(answer.answer_id), disabled: poll.over,
  });
  return h("label", { class: "answer", style: { "--share": String(total ? count / total : 0) } },
    input, h("span", {}, answer.poll_media.text), span("aside", `${count}`));
}
