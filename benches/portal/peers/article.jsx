// The page of an article.
import { BASE, Feeds, Layout, Properties, ShareImage, Time, date, dateTime, machine } from "./layout.jsx";

// The number of articles under "Tin bài mới".
const LATEST = 10;

const Terms = ({ values }) =>
  Object.entries(values).map(([name, value]) => value && <meta name={`DCTERMS.${name}`} content={value} />);

const jsonLd = (site, article, url) =>
  JSON.stringify({
    "@context": "https://schema.org",
    "@graph": [
      {
        "@type": "NewsArticle",
        headline: article.title.slice(0, 110),
        datePublished: machine(article.published),
        dateModified: machine(article.updated),
        author: { "@type": "Person", name: article.author },
        publisher: {
          "@type": "GovernmentOrganization",
          name: site.BODY_NAME,
          url: `${BASE}/`,
          logo: `${BASE}/icon-512.png`,
          address: site.ADDRESS,
          telephone: site.PHONE,
          email: site.EMAIL,
        },
        inLanguage: article.lang,
        articleSection: article.category?.name,
        mainEntityOfPage: url,
      },
      {
        "@type": "BreadcrumbList",
        itemListElement: [
          { "@type": "ListItem", position: 1, name: "Trang chủ", item: `${BASE}/` },
          article.category && {
            "@type": "ListItem",
            position: 2,
            name: article.category.name,
            item: `${BASE}/chuyen-muc/${article.category.slug}`,
          },
        ].filter(Boolean),
      },
    ],
  }).replaceAll("<", "\\u003c");

const ArticleMetadata = ({ site, article, url }) => (
  <>
    {article.category && <Feeds folder={`/chuyen-muc/${article.category.slug}`} title="Chuyên mục này" />}
    <Feeds folder="" title="Tất cả tin bài" />
    <link rel="alternate" type="text/markdown" title="Văn bản gốc" href={`/bai-viet/${article.slug}.md`} />
    <Properties
      values={{
        "og:type": "article",
        "og:title": article.title,
        "og:description": article.summary,
        "og:url": url,
        "og:site_name": site.BODY_NAME,
        "og:locale": "vi_VN",
        "article:published_time": machine(article.published),
        "article:modified_time": machine(article.updated),
        "article:section": article.category?.name,
      }}
    />
    <ShareImage site={site} />
    <meta name="twitter:card" content="summary_large_image" />
    <link rel="schema.DCTERMS" href="http://purl.org/dc/terms/" />
    <Terms
      values={{
        title: article.title,
        creator: article.author,
        publisher: site.BODY_NAME,
        description: article.summary,
        identifier: url,
        language: article.lang,
        date: machine(article.updated),
        created: machine(article.published),
        modified: machine(article.updated),
        subject: article.category?.name,
        rights: site.LICENCE,
      }}
    />
    <script type="application/ld+json" dangerouslySetInnerHTML={{ __html: jsonLd(site, article, url) }} />
  </>
);

const LegalDocument = ({ document }) => (
  <section class="panel" aria-label="Thông tin văn bản">
    <dl>
      {document.number && <div><dt>Số, ký hiệu</dt><dd>{document.number}</dd></div>}
      {document.issued_on && (
        <div><dt>Ngày ban hành</dt><dd><Time at={document.issued_on} text={date} /></dd></div>
      )}
      {document.signer && <div><dt>Người ký</dt><dd>{document.signer}</dd></div>}
    </dl>
  </section>
);

const Contents = ({ contents }) => (
  <nav class="contents" aria-labelledby="muc_luc">
    <h2 id="muc_luc">Nội dung</h2>
    <ol>{contents.map(({ href, text }) => <li><a href={href}>{text}</a></li>)}</ol>
  </nav>
);

const Attachments = ({ attachments }) => (
  <section class="attachments" aria-labelledby="tep_dinh_kem">
    <h2 id="tep_dinh_kem">Tệp đính kèm</h2>
    <ul>
      {attachments.map(({ file, title }) => (
        <li><a href={`/tep/${encodeURIComponent(file)}`}>{title}</a> ({file.split(".").pop().toUpperCase()})</li>
      ))}
    </ul>
  </section>
);

const Share = ({ url, title }) => (
  <p class="share">
    Chia sẻ: <a href={`https://www.facebook.com/sharer/sharer.php?u=${encodeURIComponent(url)}`}
      rel="external noopener nofollow">Facebook</a> · <a
      href={`mailto:?subject=${encodeURIComponent(title)}&body=${encodeURIComponent(url)}`}>Thư điện tử</a>
  </p>
);

const Rating = ({ slug }) => (
  <form class="form rating" method="post" action={`/bai-viet/${slug}/danh-gia`} aria-labelledby="co_ich_khong">
    <h2 id="co_ich_khong">Thông tin này có ích không?</h2>
    <div class="field">
      <label for="nhan_xet">
        Nhận xét thêm <span class="hint">(không bắt buộc; xin đừng ghi thông tin cá nhân)</span>
      </label>
      <textarea id="nhan_xet" name="nhan_xet" rows="2"></textarea>
    </div>
    <button class="button quiet" type="submit" name="co_ich" value="co">Có ích</button>{" "}
    <button class="button quiet" type="submit" name="co_ich" value="khong">Chưa có ích</button>
  </form>
);

const Related = ({ articles }) => (
  <section class="related" aria-labelledby="bai_lien_quan">
    <h2 id="bai_lien_quan">Bài liên quan</h2>
    <ul>
      {articles.map(({ slug, title, listed_at }) => (
        <li>
          <a href={`/bai-viet/${slug}`}>{title}</a>{" "}
          <span class="latest-time">(<Time at={listed_at} text={date} />)</span>
        </li>
      ))}
    </ul>
  </section>
);

const AfterArticle = ({ slug }) => (
  <>
    <nav class="after-article" aria-label="Bài trước và bài sau">
      <a rel="prev" href={`/bai-viet/${slug}/truoc`}>‹ Bài trước trong chuyên mục</a>
      <a rel="next" href={`/bai-viet/${slug}/sau`}>Bài sau trong chuyên mục ›</a>
    </nav>
    <p class="report">
      <a href={`/gop-y?bai=${slug}`} rel="nofollow">Góp ý hoặc báo thông tin chưa chính xác về bài này</a>
    </p>
  </>
);

const Latest = ({ entries }) => (
  <aside class="latest" aria-labelledby="tin_bai_moi">
    <h2 id="tin_bai_moi">Tin bài mới</h2>
    <ul>
      {entries.map(({ slug, title, updated }) => (
        <li>
          <a href={`/bai-viet/${slug}`}>{title}</a>{" "}
          <span class="latest-time">(<Time at={updated} text={dateTime} />)</span>
        </li>
      ))}
    </ul>
    <p><a href="/tin-bai">Tất cả tin bài</a></p>
  </aside>
);

export const ArticlePage = ({ site, index, now, article, related }) => {
  const path = `/bai-viet/${article.slug}`;
  const url = BASE + path;
  const latest = index.entries
    .filter((entry) => entry.publish_at <= now && entry.slug !== article.slug)
    .sort((a, b) => b.listed_at - a.listed_at)
    .slice(0, LATEST);
  return (
    <Layout site={site} index={index} now={now} path={path} title={article.title} indexed
      description={article.summary} metadata={<ArticleMetadata site={site} article={article} url={url} />}>
      <div class="columns">
        <article>
          <p class="print-head">{url}</p>
          {article.category && (
            <nav class="breadcrumb" aria-label="Vị trí">
              <a href="/">Trang chủ</a> › <a href={`/chuyen-muc/${article.category.slug}`}>{article.category.name}</a>
            </nav>
          )}
          <h1>{article.title}</h1>
          <p class="updated">
            (Cập nhật lúc: <Time at={article.updated} text={dateTime} />)
            {article.reading_time && <span class="reading-time"> {article.reading_time}</span>}
          </p>
          {article.document && <LegalDocument document={article.document} />}
          {article.contents.length > 0 && <Contents contents={article.contents} />}
          <div class="body" dangerouslySetInnerHTML={{ __html: article.body }} />
          <p class="author">{article.author}</p>
          {article.attachments.length > 0 && <Attachments attachments={article.attachments} />}
          <Share url={url} title={article.title} />
          <p class="print-hint">
            Bản in (Ctrl+P) gọn, không có khung trang, và ghi địa chỉ các liên kết ở cuối.
          </p>
          <Rating slug={article.slug} />
          {related.length > 0 && <Related articles={related} />}
          <AfterArticle slug={article.slug} />
          {article.contents.length > 0 && <p class="to-top"><a href="#noi_dung_chinh">Về đầu trang</a></p>}
        </article>
        <Latest entries={latest} />
      </div>
    </Layout>
  );
};
