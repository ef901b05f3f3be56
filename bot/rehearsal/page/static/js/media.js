// Embeds, pictures and files. Nothing is loaded from other sites: such a picture is only named.

import { h } from "./dom.js";

export function picture(media, kind = "picture") {
  const alt = media.description ?? "";
  const cover = media.spoiler ? { role: "button", tabindex: "0", "aria-label": "Spoiler: press to show the picture" } : {};
  const image = media.outside
    ? h("span", { class: "outside" }, `Picture at ${media.outside}: ${alt || "no alt text"}`)
    : h("img", { src: media.url, alt, loading: "lazy", width: media.width, height: media.height });
  return h("figure", { class: media.spoiler ? `${kind} spoiler covered` : kind, ...cover },
    h("div", { class: "inside" }, image), alt ? h("figcaption", { title: alt, "aria-hidden": "true" }, "ALT") : null);
}

export function drawAttachments(attachments) {
  return attachments.map((file) => (file.content_type?.startsWith("image/")
    ? picture(file)
    : h("p", { class: "file" }, "📎 ", h("a", { href: file.url, download: file.filename }, file.filename), ` ${size(file.size)}`)));
}

const size = (bytes) => (bytes < 2048 ? `${bytes} bytes` : `${Math.round(bytes / 1024)} KiB`);

export const drawEmbeds = (embeds) => embeds.map(embed);

function embed(spec) {
  const colour = spec.color === undefined || spec.color === null ? {} : { "--accent-of": `#${spec.color.toString(16).padStart(6, "0")}` };
  return h("div", { class: "embed container", style: colour },
    spec.author?.name ? h("p", { class: "author" }, spec.author.name) : null,
    spec.html.title ? h("p", { class: "title", html: spec.html.title }) : null,
    spec.html.description ? h("div", { class: "text", html: spec.html.description }) : null,
    spec.fields.length ? h("div", { class: "fields" }, spec.fields.map((field) => h("div", { class: field.inline ? "embed-field inline" : "embed-field" },
      h("p", { class: "title", html: field.name }), h("div", { class: "text", html: field.value })))) : null,
    spec.image ? picture(spec.image) : null,
    spec.thumbnail ? picture(spec.thumbnail, "thumbnail") : null,
    spec.footer?.text ? h("p", { class: "edited" }, spec.footer.text) : null);
}
