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
/** A word on more pages says too little to be weighed on each of them. */
const COMMON = 300;
/** So many pages are looked at closely. */
const LIKELY = 40;
/** Of each row of `same`, the guide's own words stand first; these are searched beside what was typed. */
const GUIDES = 2;
/** Where a word stands counts here and not in Pagefind. */
export const RANKING = { termSimilarity: 1.5, pageLength: 0.8, termSaturation: 1.4, metaWeights: { title: 0, keywords: 0, about: 0 } };
export const WEIGHTS = {
  also: 0.8, // a word of the guide beside the reader's own
  idle: 0.25, // a word that no page has in its title, keywords or question: nobody thought of it as a topic
  short: 0.4, // a letter or a figure alone
  body: 0.35, title: 1.2, keywords: 1.4, about: 0.4, // where a word stands
  apart: 0.4, // what a page keeps whose words stand far from each other
};

const plain = (/** @type {string} */ text) =>
  text.toLowerCase().replace(/[’']/g, "").replace(/[^a-z0-9%.:-]+/g, " ").replace(/(^|\s)[.:-]+|[.:-]+(?=\s|$)/g, " ").replace(/\s+/g, " ").trim();

/** Words to be compared: an s at the end makes no difference. @param {string} text */
const flat = (text) => ` ${plain(text).replace(/(\w\w)s(?= |$)/g, "$1")} `;

/** What was asked for, thing by thing. @param {string} text @param {Words} known @returns {Group[]} */
export const asked = (text, { ignore, same }) => {
  const said = flat(text);
  const idle = new Set(ignore.map(flat));
  let rest = said;
  /** @type {Group[]} */
  const groups = [];
  for (const row of same) {
    // Of "smart goal" and "goal" the longer one is what was typed.
    const typed = row.filter((one) => said.includes(flat(one))).sort((a, b) => b.length - a.length);
    const own = typed.filter((one, i) => !typed.slice(0, i).some((longer) => flat(longer).includes(flat(one))));
    if (!own.length) continue;
    for (const one of own) rest = rest.replaceAll(flat(one), " | ");
    groups.push({
      // "Do I have to" says something, and its words do not: only what it means is searched.
      own: own.filter((one) => !plain(one).split(" ").every((word) => idle.has(flat(word)))),
      also: row.filter((one) => !own.some((mine) => flat(mine) === flat(one))).slice(0, GUIDES),
    });
  }
  const words = [...new Set(plain(text).split(" "))];
  const left = words.filter((word) => word && rest.includes(flat(word)));
  groups.push(...left.filter((word) => !idle.has(flat(word))).map((word) => ({ own: [word], also: [] })));
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
    /** @type {Map<string, Promise<{ hits: Hit[], exact: boolean, most: number }>>} */
    this.seen = new Map();
  }

  /** Pages with the saying; without any, pages with words that begin like it. @param {string} saying */
  look(saying) {
    const known = this.seen.get(saying);
    if (known) return known;
    const found = (async () => {
      const exact = /** @type {Hit[]} */ ((await this.pagefind.search(`"${saying}"`)).results);
      const ids = new Set(exact.map((hit) => hit.id));
      const none = ids.size > COMMON || (!ids.size && saying.includes(" "));
      const loose = none ? exact : /** @type {Hit[]} */ ((await this.pagefind.search(saying)).results);
      const hits = ids.size ? loose.filter((hit) => ids.has(hit.id)) : loose;
      return { hits, exact: ids.size > 0, most: hits.reduce((most, hit) => Math.max(most, hit.score), 1e-9) };
    })();
    found.catch(() => this.seen.delete(saying));
    this.seen.set(saying, found);
    return found;
  }

  /**
   * A word as the guide spells it; itself if it is known or only begun. Pagefind keeps it to itself when a piece of its index
   * does not come; a word that stands in the guide and is not found gives that away.
   *
   * @param {string} word @returns {Promise<string | undefined>}
   */
  async spelled(word) {
    if ((await this.look(word)).exact) return word;
    const some = word.split(" ");
    if (some.length > 1) {
      await Promise.all(some.map((one) => this.spelled(one)));
      return word;
    }
    const list = await this.list();
    if (list.includes(word)) throw new Error("A piece of the index did not come.");
    return list.some((one) => one.startsWith(word)) ? word : meant(word, list);
  }

  /** Pages for one group. @param {Group} group @param {[string, string][]} instead gets words that were spelled otherwise */
  async matches({ own, also }, instead) {
    /** @type {{ saying: string, hits: Hit[], most: number, share: number }[]} */
    const looks = [];
    for (const typed of own) {
      const saying = await this.spelled(typed);
      if (!saying) continue;
      if (saying !== typed) instead.push([typed, saying]);
      const { hits, most } = await this.look(saying);
      if (hits.length) looks.push({ saying, hits, most, share: 1 });
    }
    const share = looks.length ? WEIGHTS.also : 1;
    for (const saying of also) {
      const { hits, exact, most } = await this.look(saying);
      if (exact) looks.push({ saying, hits, most, share });
    }
    const every = new Set(looks.flatMap(({ hits }) => hits.map((hit) => hit.id)));
    const topic = looks.some(({ hits }) => hits.some((hit) => hit.matchedMetaFields?.length));
    const brief = looks.every(({ saying }) => saying.length < 2);
    const rare = Math.log(1 + PAGES / Math.max(every.size, 1)) * (topic ? 1 : WEIGHTS.idle) * (brief ? WEIGHTS.short : 1);
    /** @type {Map<string, Match>} */
    const best = new Map();
    for (const { saying, hits, most, share } of looks) {
      const count = saying.split(" ").length;
      for (const hit of hits) {
        const fields = /** @type {("title" | "keywords" | "about")[]} */ (hit.matchedMetaFields ?? []);
        const points = rare * share * (WEIGHTS.body * (hit.score / most) + Math.max(0, ...fields.map((field) => WEIGHTS[field])));
        const before = best.get(hit.id);
        best.set(hit.id, {
          hit, rare: Math.max(rare * share, before?.rare ?? 0), points: Math.max(points, before?.points ?? 0), named: fields.length > 0 || (before?.named ?? false),
          places: [...(before?.places ?? []), ...(count > 1 ? together(hit.words, count) : hit.words)],
        });
      }
    }
    return { rare, best };
  }

  /** @param {string} text */
  async find(text) {
    /** @type {Map<string, Found>} */
    const pages = new Map();
    /** @type {[string, string][]} */
    const instead = [];
    const groups = asked(text, this.known);
    // All pieces of the index come at once, and then one group after the other finds them here.
    await Promise.all(groups.flatMap(({ own, also }) => [...own, ...also]).map((saying) => this.look(saying)));
    let asking = 0;
    for (const [which, group] of groups.entries()) {
      const { rare, best } = await this.matches(group, instead);
      asking += rare;
      for (const [id, match] of best) {
        const page = pages.get(id) ?? { hit: match.hit, score: 0, matches: new Map() };
        page.matches.set(which, match);
        pages.set(id, page);
      }
    }
    for (const page of pages.values()) page.score = worth(page, asking);
    const byScore = (/** @type {Found} */ a, /** @type {Found} */ b) => b.score - a.score;
    const hits = [...pages.values()].sort(byScore);
    const likely = hits.splice(0, LIKELY);
    for (const page of likely) page.score *= closeness(page, asking);
    hits.unshift(...likely.sort(byScore));
    return { hits, instead, part: groups.some((_, which) => hits[0] && !hits[0].matches.has(which)) };
  }
}

/** @param {Match[]} some @param {"points" | "rare"} what */
const sum = (some, what) => some.reduce((total, match) => total + match[what], 0);

/** What a page is worth: each thing by how rare it is, and more if all are there. @param {Found} page @param {number} asking */
const worth = ({ matches }, asking) => {
  const all = [...matches.values()];
  return sum(all, "points") * Math.min(1, sum(all, "rare") / asking);
};

/** How much of the question stands together on a page, in its title and keywords or in its text. @param {Found} page @param {number} asking */
const closeness = ({ matches }, asking) => {
  const named = sum([...matches.values()].filter((match) => match.named), "rare");
  return WEIGHTS.apart + (1 - WEIGHTS.apart) * Math.min(1, Math.max(named, spot(matches).worth) / asking);
};

/**
 * The stretch of a page, or of a part of it, where most of the question stands together.
 *
 * @param {Map<number, Match>} matches @param {number} from @param {number} to
 */
export const spot = (matches, from = 0, to = Infinity) => {
  const all = [...matches].flatMap(([which, { rare, places }]) => places.map((place) => ({ which, rare, place })))
    .filter(({ place }) => place >= from && place < to).sort((a, b) => a.place - b.place);
  let best = { place: from, worth: 0, words: 0 };
  for (const [i, { place }] of all.entries()) {
    /** @type {Map<number, number>} */
    const inside = new Map();
    let words = 0;
    for (let j = i; j < all.length && (all[j]?.place ?? 0) < place + NEAR; j++, words++) {
      const { which, rare } = /** @type {{ which: number, rare: number }} */ (all[j]);
      inside.set(which, rare);
    }
    const worth = [...inside.values()].reduce((total, rare) => total + rare, 0);
    if (worth > best.worth || (worth === best.worth && words > best.words)) best = { place, worth, words };
  }
  return best;
};

const NO_PLACE = /^(main|[st]-.*)$/;
/** How many words of a section are its heading and its first sentence. */
const OPENING = 12;

/**
 * The part of a page that a result leads to and shows: the page itself, or a section that clearly says more of what was asked.
 *
 * @param {any} page Pagefind's data @param {Map<number, Match>} matches
 */
export const part = (page, matches) => {
  const words = /** @type {string[]} */ (page.content.split(/\s+/));
  const anchors = /** @type {{ id: string, text: string, location: number }[]} */ (page.anchors)
    .filter((one) => !NO_PLACE.test(one.id)).sort((a, b) => a.location - b.location);
  const parts = [{ id: "", text: "", location: 0 }, ...anchors].map((one, i) => {
    const to = anchors[i]?.location ?? words.length;
    const { place, worth, words: count } = spot(matches, one.location, to);
    const opening = spot(matches, one.location, Math.min(to, one.location + OPENING)).worth;
    return { ...one, to, place, worth: worth + opening / 2, count };
  });
  const top = /** @type {typeof parts[0]} */ (parts[0]);
  const best = parts.reduce((a, b) => (b.worth > a.worth || (b.worth === a.worth && b.count > a.count && a !== top) ? b : a));
  const shown = best.worth > top.worth * 1.2 ? best : top;
  const start = shown.place < shown.location + NEAR - 4 ? shown.location : shown.place - 4;
  const marked = new Set([...matches.values()].flatMap((match) => match.places));
  return {
    url: shown.id ? `${page.url}#${shown.id}` : page.url,
    section: shown.text,
    words: words.slice(start, Math.min(start + NEAR, shown.to)).map((word, i) => ({ word, marked: marked.has(start + i) })),
  };
};
