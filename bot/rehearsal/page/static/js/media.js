// Embeds, pictures and files. Nothing is loaded from other sites: such a picture is only named.

import { div, h, p, span } from "./dom.js";

const COVER = { role: "button", tabindex: "0", "aria-label": "Spoiler: press to show the picture" };

// The coloured edge of an embed or a container.
export const edge = (colour) =>
  (colour === undefined || colour === null ? {} : { "--accent-of": `#${colour.toString(16).padStart(6, "0")}` });

export function picture(media, kind = "picture") {
  const alt = media.description ?? "";
  const cover = media.spoiler ? COVER : {};
  const image = media.outside
    ? span("outside", `Picture at ${media.outside}: ${alt || "no alt text"}`)
    : h("img", { src: media.url, alt, loading: "lazy", width: media.width, height: media.height });
  return h("figure", { class: media.spoiler ? `${kind} spoiler covered` : kind, ...cover },
    div("inside", image), alt ? h("figcaption", { title: alt, "aria-hidden": "true" }, "ALT") : null);
}

export function drawAttachments(attachments) {
  return attachments.map((file) => (file.content_type?.startsWith("image/")
    ? picture(file)
    : p("file", "📎 ", h("a", { href: file.url, download: file.filename }, file.filename), ` ${size(file.size)}`)));
}

const size = (bytes) => (bytes < 2048 ? `${bytes} bytes` : `${Math.round(bytes / 1024)} KiB`);

export const drawEmbeds = (embeds) => embeds.map(embed);

function embed(spec) {
  return h("div", { class: "embed container", style: edge(spec.color) },
    spec.author?.name ? p("author", spec.author.name) : null,
    spec.html.title ? h("p", { class: "title", html: spec.html.title }) : null,
    spec.html.description ? h("div", { class: "text", html: spec.html.description }) : null,
    spec.fields.length ? div("fields", spec.fields.map(embedField)) : null,
    spec.image ? picture(spec.image) : null,
    spec.thumbnail ? picture(spec.thumbnail, "thumbnail") : null,
    spec.footer?.text ? p("edited", spec.footer.text) : null);
}

const embedField = (field) => div(field.inline ? "embed-field inline" : "embed-field",
  h("p", { class: "title", html: field.name }), h("div", { class: "text", html: field.value }));
