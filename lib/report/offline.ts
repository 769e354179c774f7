/**
 * Checks that a page loads nothing and runs nothing: no script, and no picture, font, frame or
 * style from elsewhere. Links that a reader may follow are no loads.
 *
 * @module
 */

type Tag = { readonly name: string; readonly attributes: ReadonlyMap<string, string> };

/** Elements that run or embed something. */
const REFUSED = new Set(
  ["script", "iframe", "frame", "object", "embed", "applet", "base", "portal"],
);

/** Attributes whose value is fetched; `href` is one except on links that a reader follows. */
const FETCHED = new Set(["src", "srcset", "poster", "data", "background", "href", "xlink:href"]);

const FOLLOWED = new Set(["a", "area"]);

/** Lists what a page would load or run, in words; empty for a page that needs nothing else. */
export function networkReferences(html: string): readonly string[] {
  const styles = Array.from(
    html.matchAll(/<style\b[^>]*>([\s\S]*?)<\/style>/gi),
    ([, css]) => css,
  );
  return [...styles.flatMap(styleLoads), ...tagsOf(html).flatMap(tagLoads)];
}

/** Throws a `RangeError` that lists what `page`, named `name`, would load; returns the page. */
export function checkOffline(page: string, name: string): string {
  const found = [...new Set(networkReferences(page))];
  if (found.length === 0) return page;
  const rest = found.length > 5 ? ` and ${found.length - 5} more` : "";
  throw new RangeError(
    `Cannot write ${name} as a page must load nothing and run nothing: it has ${
      found.slice(0, 5).join(", ")
    }${rest}`,
  );
}

function tagLoads({ name, attributes }: Tag): readonly string[] {
  if (REFUSED.has(name)) return [`the element <${name}>`];
  return Array.from(attributes).flatMap(([attribute, value]) => {
    if (attribute.startsWith("on")) return [`the handler ${attribute} of <${name}>`];
    if (attribute === "style") return styleLoads(value);
    if (name === "meta" && attribute === "http-equiv" && /refresh/i.test(value)) {
      return ["a refresh"];
    }
    if (/^\s*javascript:/i.test(value)) return [`the script in ${attribute} of <${name}>`];
    const loads = FETCHED.has(attribute) && !FOLLOWED.has(name) && !/^\s*(#|data:|$)/i.test(value);
    return loads ? [`${attribute}="${value.slice(0, 80)}" of <${name}>`] : [];
  });
}

function styleLoads(css: string): readonly string[] {
  const imports = /@import\b/i.test(css) ? ["an @import of a style sheet"] : [];
  const urls = Array.from(css.matchAll(/url\(\s*["']?([^)"']*)/gi), ([, url]) => url.trim())
    .filter((url) => !/^(#|data:)/i.test(url));
  return [...imports, ...urls.map((url) => `the style's url(${url.slice(0, 80)})`)];
}

/** The tags of a page with their attributes; escaped text has no tags. */
function tagsOf(html: string): readonly Tag[] {
  return Array.from(
    html.matchAll(/<([a-z][\w:-]*)((?:"[^"]*"|'[^']*'|[^"'<>])*)>/gi),
    ([, name, rest]) => ({
      name: name.toLowerCase(),
      attributes: new Map(
        Array.from(
          rest.matchAll(/([^\s"'=/]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"']+))?/g),
          ([, key, value = ""]) => [key.toLowerCase(), value.replace(/^["']|["']$/g, "")],
        ),
      ),
    }),
  );
}
