// From what a reader typed to the pages that answer it, best first, each with its best place. Knows Pagefind, not the dialog.

/** `content/search.yml` as JSON. @typedef {{ ignore: string[], same: string[][], examples: string[] }} Words */
/** One thing that is asked for: the reader's own words, and the guide's words for the same. @typedef {{ own: string[], also: string[] }} Group */
/** What Pagefind says about a page. @typedef {{ id: string, score: number, words: number[], matchedMetaFields?: string[], data(): Promise<any> }} Hit */
/** A page for one group: how well it answers, what the words weigh, where they stand. @typedef {{ hit: Hit, points: number, rare: number, named: boolean, places: number[] }} Match */
/** A page for the whole question. @typedef {{ hit: Hit, score: number, matches: Map<number, Match> }} Found */

/** About as many pages as the guide has: only says how rare a word is. */
const PAGES = 100;
/** The words that are read together: about two sentences. */
const NEAR = 30;
/** Of each row of `same`, the guide's own words stand first; these are searched beside what was typed. */
const GUIDES = 2;
/** Where a word stands counts here and not in Pagefind. */
export const RANKING = { termSimilarity: 1.5, pageLength: 0.8, termSaturation: 1.8, metaWeights: { title: 0, keywords: 0, about: 0 } };
export const WEIGHTS = {
  also: 0.5, // a word of the guide beside the reader's own
  idle: 0.25, // a word that no page has in its title, keywords or question: nobody thought of it as a topic
  short: 0.4, // a letter or a figure alone
  there: 0.05, body: 0.5, title: 1.2, keywords: 1.2, about: 0.4, // where a word stands
  apart: 0.4, // what a page keeps whose words stand far from each other
};

const plain = (/** @type {string} */ text) =>
  text.toLowerCase().replace(/[’']/g, "").replace(/[^a-z0-9%.:-]+/g, " ").replace(/(^|\s)[.:-]+|[.:-]+(?=\s|$)/g, " ").replace(/\s+/g, " ").trim();

/** What was asked for, thing by thing. @param {string} text @param {Words} known @returns {Group[]} */
export const asked = (text, { ignore, same }) => {
  const said = plain(text);
  const idle = new Set(ignore.map(plain));
  const covered = new Set();
  /** @type {Group[]} */
  const groups = [];
  for (const row of same) {
    const own = row.filter((one) => ` ${said} `.includes(` ${plain(one)} `));
    if (!own.length) continue;
    for (const word of own.flatMap((one) => plain(one).split(" "))) covered.add(word);
    groups.push({ own, also: row.slice(0, GUIDES).filter((one) => !own.includes(one)) });
  }
  const left = [...new Set(said.split(" "))].filter((word) => word && !covered.has(word));
  const telling = left.filter((word) => !idle.has(word));
  groups.push(...telling.map((word) => ({ own: [word], also: [] })));
  return groups.length ? groups : left.map((word) => ({ own: [word], also: [] }));
};

/** How many slips of the pen part two words: a letter missing, added, wrong, or two swapped. @param {string} a @param {string} b */
export const slips = (a, b) => {
  let before = /** @type {number[]} */ ([]);
  let last = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const now = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      now[j] = Math.min((last[j] ?? 0) + 1, (now[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) now[j] = Math.min(now[j] ?? 0, (before[j - 2] ?? 0) + 1);
    }
    [before, last] = [last, now];
  }
  return last[b.length] ?? 0;
};

/** The guide's word that was probably meant; common words come first in the list. @param {string} word @param {string[]} list */
const meant = (word, list) => {
  const most = word.length < 4 ? 0 : word.length < 8 ? 1 : 2;
  for (let far = 1; far <= most; far++) {
    const near = list.find((one) => one[0] === word[0] && Math.abs(one.length - word.length) <= far && slips(word, one) === far);
    if (near) return near;
  }
  return undefined;
};

/** Places where as many words stand in a row as the saying has. @param {number[]} places @param {number} count */
const together = (places, count) => {
  const at = new Set(places);
  return places.filter((place) => [...Array(count).keys()].some((back) => [...Array(count).keys()].every((i) => at.has(place - back + i))));
};

export class Finder {
  /** @param {any} pagefind @param {Words} known @param {() => Promise<string[]>} list every word of the guide, asked for when one is not found */
  constructor(pagefind, known, list) {
    this.pagefind = pagefind;
    this.known = known;
    this.list = list;
    /** @type {Map<string, Promise<{ hits: Hit[], exact: boolean, rare: number }>>} */
    this.seen = new Map();
  }

  /** Pages with the saying; without any, pages with words that begin like it. @param {string} saying */
  look(saying) {
    const known = this.seen.get(saying);
    if (known) return known;
    const found = Promise.all([this.pagefind.search(`"${saying}"`), this.pagefind.search(saying)]).then(([exact, loose]) => {
      const ids = new Set(exact.results.map((/** @type {Hit} */ hit) => hit.id));
      const hits = /** @type {Hit[]} */ (ids.size ? loose.results.filter((/** @type {Hit} */ hit) => ids.has(hit.id)) : loose.results);
      const topic = hits.some((hit) => hit.matchedMetaFields?.length);
      const rare = Math.log(1 + PAGES / Math.max(hits.length, 1)) * (topic ? 1 : WEIGHTS.idle) * (saying.length > 1 ? 1 : WEIGHTS.short);
      return { hits, exact: ids.size > 0, rare };
    });
    found.catch(() => this.seen.delete(saying));
    this.seen.set(saying, found);
    return found;
  }

  /** A word as the guide spells it; itself if it is known or only begun. @param {string} word */
  async spelled(word) {
    if (word.includes(" ") || (await this.look(word)).exact) return word;
    const list = await this.list();
    return list.some((one) => one.startsWith(word)) ? word : meant(word, list);
  }

  /** @param {string} text */
  async find(text) {
    /** @type {Map<string, Found>} */
    const pages = new Map();
    /** @type {[string, string][]} */
    const instead = [];
    const groups = asked(text, this.known);
    let asking = 0;
    for (const [which, group] of groups.entries()) {
      /** @type {Map<string, Match>} */
      const best = new Map();
      let rarest = 0;
      for (const [place, typed] of [...group.own, ...group.also].entries()) {
        const own = place < group.own.length;
        const saying = own ? await this.spelled(typed) : typed;
        if (!saying) continue;
        if (saying !== typed) instead.push([typed, saying]);
        const { hits, exact, rare: full } = await this.look(saying);
        if (!own && !exact) continue;
        const rare = full * (own ? 1 : WEIGHTS.also);
        rarest = Math.max(rarest, rare);
        const most = Math.max(...hits.map((hit) => hit.score), 1e-9);
        const count = saying.split(" ").length;
        for (const hit of hits) {
          const points = rare * (WEIGHTS.there + WEIGHTS.body * (hit.score / most) + Math.max(0, ...(hit.matchedMetaFields ?? []).map((field) => WEIGHTS[/** @type {"title"} */ (field)])));
          const places = count > 1 ? together(hit.words, count) : hit.words;
          const before = best.get(hit.id);
          best.set(hit.id, {
            hit, rare: Math.max(rare, before?.rare ?? 0), points: Math.max(points, before?.points ?? 0),
            named: Boolean(hit.matchedMetaFields?.length || before?.named), places: [...(before?.places ?? []), ...places],
          });
        }
      }
      asking += rarest;
      for (const [id, match] of best) {
        const page = pages.get(id) ?? { hit: match.hit, score: 0, matches: new Map() };
        page.matches.set(which, match);
        pages.set(id, page);
      }
    }
    for (const page of pages.values()) page.score = score(page, asking);
    const hits = [...pages.values()].sort((a, b) => b.score - a.score);
    return { hits, instead, part: hits.length > 0 && (hits[0]?.matches.size ?? 0) < groups.length };
  }
}

/** What a page is worth: each thing by how rare it is, more if all are there, more if they stand together. @param {Found} page @param {number} asking */
const score = ({ matches }, asking) => {
  const all = [...matches.values()];
  const sum = (/** @type {Match[]} */ some, /** @type {"points" | "rare"} */ what) => some.reduce((total, match) => total + match[what], 0);
  const covered = Math.min(1, sum(all, "rare") / asking);
  const near = Math.max(sum(all.filter((match) => match.named), "rare"), spots(matches)[0]?.worth ?? 0) / asking;
  return sum(all, "points") * covered * (WEIGHTS.apart + (1 - WEIGHTS.apart) * Math.min(1, near));
};

/** Stretches of a page by how much of the question stands in each, best first. @param {Map<number, Match>} matches */
export const spots = (matches) => {
  const all = [...matches].flatMap(([which, { rare, places }]) => places.map((place) => ({ which, rare, place }))).sort((a, b) => a.place - b.place);
  return all.map(({ place }, i) => {
    /** @type {Map<number, number>} */
    const inside = new Map();
    let words = 0;
    for (let j = i; j < all.length && (all[j]?.place ?? 0) < place + NEAR; j++) {
      const one = /** @type {{ which: number, rare: number }} */ (all[j]);
      inside.set(one.which, Math.max(one.rare, inside.get(one.which) ?? 0));
      words++;
    }
    const worth = [...inside.values()].reduce((total, rare) => total + rare, 0);
    return { place, worth, words };
  }).sort((a, b) => b.worth - a.worth || b.words - a.words || a.place - b.place);
};

const NO_PLACE = /^(main|[st]-.*)$/;

/**
 * The part of a page that a result leads to and shows: the page itself, or a section that clearly says more of what was asked.
 *
 * @param {any} page Pagefind's data @param {Map<number, Match>} matches
 */
export const part = (page, matches) => {
  const words = /** @type {string[]} */ (page.content.split(/\s+/));
  const anchors = /** @type {{ id: string, text: string, location: number }[]} */ (page.anchors)
    .filter((one) => !NO_PLACE.test(one.id)).sort((a, b) => a.location - b.location);
  const start = anchors[0]?.location ?? words.length;
  const found = spots(matches);
  const top = Math.max(0, ...found.filter((spot) => spot.place < start).map((spot) => spot.worth));
  const best = found[0];
  const anchor = best && best.worth > top * 1.2 ? anchors.filter((one) => one.location <= best.place).at(-1) : undefined;
  const from = anchor?.location ?? 0;
  const to = anchor ? anchors.find((one) => one.location > from)?.location ?? words.length : start;
  const marked = new Set([...matches.values()].flatMap((match) => match.places));
  const shown = anchor ? Math.max(from, Math.min((best?.place ?? from) - 4, to - NEAR)) : 0;
  return {
    url: anchor ? `${page.url}#${anchor.id}` : page.url,
    section: anchor?.text ?? "",
    words: words.slice(shown, Math.min(shown + NEAR, to)).map((word, i) => ({ word, marked: marked.has(shown + i) })),
  };
};
