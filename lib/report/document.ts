/**
 * The skeleton of every page: one file, one style element, no script, nothing to load.
 *
 * @module
 */
import { escapeHtml } from "./html.ts";
import { checkOffline } from "./offline.ts";
import { styleSheet } from "./style.ts";

/** The parts of a page. */
export type DocumentParts = {
  /** Title, as plain text. */
  readonly title: string;
  /** One sentence for search engines and previews. */
  readonly description: string;
  /** Content of the `header` element. */
  readonly header: string;
  /** Content of the `nav` element. */
  readonly nav: string;
  /** Content of the `main` element. */
  readonly main: string;
  /** Content of the `footer` element. */
  readonly footer: string;
  /** Class of the body: which of our page kinds it is. */
  readonly kind: "report" | "catalogue";
};

/** Tells the browser itself to refuse scripts and everything from elsewhere. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; " +
  "base-uri 'none'; form-action 'none'";

/** Puts a page together and checks that it loads nothing. */
export function renderDocument(parts: DocumentParts, name: string): string {
  const page = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="Resolvent">
<meta name="description" content="${escapeHtml(parts.description)}">
<title>${escapeHtml(parts.title)}</title>
<link rel="icon" href="data:,">
<style>
${styleSheet()}
</style>
</head>
<body class="${parts.kind}">
<a class="skip" href="#main">Skip to the content</a>
<header>
${parts.header}
</header>
<div class="columns">
<nav aria-label="Contents">
${parts.nav}
</nav>
<main id="main" tabindex="-1">
${parts.main}
</main>
</div>
<footer>
${parts.footer}
</footer>
</body>
</html>
`;
  return checkOffline(page, name);
}
