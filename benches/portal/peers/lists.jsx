// The list of all articles, and search.
import { BASE, FEEDS, Feeds, Layout, Properties, ShareImage, Time, date, grouped } from "./layout.jsx";

const PageLinks = ({ pages, href }) =>
  pages > 1 && (
    <nav class="pages" aria-label="Các trang">
      <span aria-current="page">1</span>
      <a href={href(2)} aria-label="Trang 2">2</a>
      {pages > 3 && <span class="pages-gap">…</span>}
      {pages > 2 && <a href={href(pages)} aria-label={`Trang ${grouped(pages)}`}>{grouped(pages)}</a>}
      <a rel="next" href={href(2)}>Trang sau ›</a>
    </nav>
  );

const PageMetadata = ({ site, path, title, description }) => (
  <>
    <Feeds folder="" title="Tất cả tin bài" />
    <Properties
      values={{
        "og:type": "website",
        "og:title": title,
        "og:description": description,
        "og:url": BASE + path,
        "og:site_name": site.BODY_NAME,
        "og:locale": "vi_VN",
      }}
    />
    <ShareImage site={site} />
  </>
);

export const ListPage = ({ site, index, now, entries, months }) => {
  const path = "/tin-bai";
  const title = "Tất cả tin bài";
  const description = `${title} của ${site.BODY_NAME}, mới nhất trước.`;
  const articles = months.reduce((sum, month) => sum + month.articles, 0);
  const pages = Math.ceil(articles / 20);
  const years = new Map();
  for (const { month, articles } of months) {
    const year = Math.floor(month / 100);
    years.set(year, (years.get(year) ?? 0) + articles);
  }
  return (
    <Layout site={site} index={index} now={now} path={path} title={title} description={description} indexed
      metadata={<PageMetadata site={site} path={path} title={title} description={description} />}>
      <h1>{title}</h1>
      <p class="entry-meta">{grouped(articles)} bài, mới nhất trước; trang 1 trên {grouped(pages)}</p>
      <nav aria-label="Theo năm">
        <ul class="periods">
          {[...years].map(([year, articles]) => (
            <li><a href={`/tin-bai/${year}`}>Năm {year}</a> ({grouped(articles)})</li>
          ))}
        </ul>
      </nav>
      <ul class="entries dated">
        {entries.map((entry) => (
          <li class="entry">
            <h2><a href={`/bai-viet/${entry.slug}`}>{entry.title}</a></h2>
            <p class="entry-meta parts">
              <Time at={entry.listed_at} text={date} />{" "}
              {entry.category_slug && (
                <span><a href={`/chuyen-muc/${entry.category_slug}`}>{entry.category_name}</a></span>
              )}{" "}
            </p>
            {entry.summary && <p>{entry.summary}</p>}
          </li>
        ))}
      </ul>
      <PageLinks pages={pages} href={(page) => `/tin-bai?trang=${page}`} />
      <p class="entry-meta">
        Theo dõi: {FEEDS.map(([, name, file], at) => <>{at > 0 && " · "}<a href={`/${file}`}>{name}</a></>)}
      </p>
    </Layout>
  );
};

// The number of characters of text around the first match.
const EXCERPT = 200;

const Marked = ({ text, pattern }) =>
  text.split(pattern).map((piece, at) => (at % 2 === 1 ? <mark>{piece}</mark> : piece));

const excerpt = (text, pattern) => {
  const first = Math.max(text.search(pattern) - EXCERPT / 4, 0);
  return text.slice(first, first + EXCERPT);
};

const SearchForm = ({ index, query, years }) => (
  <form class="search-form" action="/tim-kiem" method="get" role="search" aria-label="Trong các tin bài">
    <div class="field">
      <label for="tu_khoa">Từ cần tìm</label>
      <input id="tu_khoa" type="search" name="q" value={query} maxlength="200" autocomplete="off"
        autocapitalize="none" enterkeyhint="search" />
    </div>
    <div class="field">
      <label for="trong_chuyen_muc">Chuyên mục</label>
      <select id="trong_chuyen_muc" name="chuyen-muc">
        <option value="">Tất cả chuyên mục</option>
        {index.categories.map(({ category_slug, category_name }) => (
          <option value={category_slug}>{category_name}</option>
        ))}
      </select>
    </div>
    <div class="field">
      <label for="trong_nam">Năm</label>
      <select id="trong_nam" name="nam">
        <option value="">Mọi năm</option>
        {Array.from({ length: years.last - years.first + 1 }, (_, at) => years.last - at).map((year) => (
          <option value={year}>{year}</option>
        ))}
      </select>
    </div>
    <button class="button" type="submit">Tìm</button>
  </form>
);

export const SearchPage = ({ site, index, now, query, hits, years }) => {
  const found = hits[0]?.found ?? 0;
  const pages = Math.ceil(found / 20);
  const words = query.split(/\s+/).map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  const pattern = new RegExp(`(${words.join("|")})`, "iu");
  return (
    <Layout site={site} index={index} now={now} path="/tim-kiem" title={`${query} – Tìm kiếm`}>
      <h1>Tìm kiếm</h1>
      <SearchForm index={index} query={query} years={years} />
      <p class="entry-meta" role="status">
        {grouped(found)} kết quả{pages > 1 && `; trang 1 trên ${pages}`}
      </p>
      <ul class="entries">
        {hits.map((hit) => (
          <li class="entry">
            <h2><a href={`/bai-viet/${hit.slug}`}><Marked text={hit.title} pattern={pattern} /></a></h2>
            <p class="entry-meta"><Time at={hit.listed_at} text={date} /> · {hit.category_name}</p>
            <p><Marked text={excerpt(hit.text, pattern)} pattern={pattern} /></p>
          </li>
        ))}
      </ul>
      <PageLinks pages={pages} href={(page) => `/tim-kiem?q=${encodeURIComponent(query)}&trang=${page}`} />
    </Layout>
  );
};
