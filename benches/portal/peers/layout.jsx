// The layout of all pages as components, with the same elements, texts and metadata as the portal.

export const BASE = "https://cong.example";
const VIETNAM_MS = 7 * 3600 * 1000;

// Times are in seconds. Vietnam has no daylight saving time.
const local = (seconds) => new Date(seconds * 1000 + VIETNAM_MS).toISOString();
export const machine = (seconds) => `${local(seconds).slice(0, 19)}+07:00`;
export const date = (seconds) => local(seconds).slice(0, 10).split("-").reverse().join("/");
export const dateTime = (seconds) => `${date(seconds)} ${local(seconds).slice(11, 19)}`;
export const grouped = (number) => String(number).replace(/\B(?=(\d{3})+$)/g, ".");

export const Time = ({ at, text }) => <time datetime={machine(at)}>{text(at)}</time>;

const NAVIGATION = [
  ["/", "Trang chủ"],
  ["/tin-bai", "Tin bài"],
  ["/du-thao", "Dự thảo"],
  ["/gop-y", "Góp ý"],
  ["/hoi-dap", "Hỏi đáp"],
  ["/so-do-trang", "Sơ đồ trang"],
  ["/lien-he", "Liên hệ"],
];
const FOOTER = [
  ["/gop-y/tra-cuu", "Tra cứu ý kiến đã gửi"],
  ["/quyen-rieng-tu", "Quyền riêng tư"],
  ["/so-do-trang", "Sơ đồ trang"],
  ["/lien-he", "Liên hệ"],
  ["/atom.xml", "Nguồn tin (Atom)"],
];
export const FEEDS = [
  ["application/atom+xml", "Atom", "atom.xml"],
  ["application/rss+xml", "RSS", "rss.xml"],
  ["application/feed+json", "JSON Feed", "feed.json"],
];

const Banner = ({ site, search }) => (
  <header class="banner">
    <a class="banner-body" href="/">
      <img src="/emblem.svg" alt="" width="56" height="56" />
      <span>
        {site.PARENT_NAME && <span class="banner-parent">{site.PARENT_NAME}</span>}
        <span class="banner-name">{site.BODY_NAME}</span>
      </span>
    </a>
    {site.GREETING && <p class="greeting">{site.GREETING}</p>}
    {search && (
      <form class="quick-search" action="/tim-kiem" method="get" role="search" aria-label="Tìm nhanh">
        <label class="visually-hidden" for="tim_nhanh">Tìm trong các tin bài</label>
        <input id="tim_nhanh" type="search" name="q" placeholder="Tìm tin bài, văn bản" maxlength="200"
          enterkeyhint="search" />
        <button type="submit">Tìm</button>
      </form>
    )}
  </header>
);

const Navigation = ({ path }) => (
  <nav class="navigation" aria-label="Chính">
    <ul>
      {NAVIGATION.map(([href, label]) => (
        <li><a href={href} aria-current={href === path ? "page" : undefined}>{label}</a></li>
      ))}
    </ul>
  </nav>
);

const Notices = ({ index, now }) => {
  const notices = index.notices.filter((notice) => notice.notice_from <= now && now <= notice.notice_until);
  if (notices.length === 0) return null;
  return (
    <aside class="notices" aria-label="Thông báo">
      {notices.map((notice) => (
        <p><strong>Thông báo: </strong><a href={`/bai-viet/${notice.slug}`}>{notice.title}</a></p>
      ))}
    </aside>
  );
};

const Footer = ({ site }) => (
  <footer class="footer">
    <div>
      <p class="footer-name">{site.BODY_NAME}</p>
      <p>Chịu trách nhiệm nội dung: {site.RESPONSIBLE}</p>
      <p>Địa chỉ: {site.ADDRESS}</p>
      <p>Điện thoại: <a href={`tel:${site.PHONE.replace(/[^\d+]/g, "")}`}>{site.PHONE}</a></p>
      <p>Thư điện tử: <a href={`mailto:${site.EMAIL}`}>{site.EMAIL}</a></p>
      <p class="licence">{site.LICENCE}</p>
    </div>
    <ul>
      {FOOTER.map(([href, label]) => <li><a href={href}>{label}</a></li>)}
      <li><a href="/bien-tap" rel="nofollow">Đăng nhập</a></li>
    </ul>
  </footer>
);

export const Feeds = ({ folder, title }) =>
  FEEDS.map(([type, name, file]) => (
    <link rel="alternate" type={type} title={`${title} (${name})`} href={`${folder}/${file}`} />
  ));

export const Properties = ({ values }) =>
  Object.entries(values).map(([name, value]) => value && <meta property={name} content={value} />);

export const ShareImage = ({ site }) => (
  <Properties
    values={{
      "og:image": `${BASE}/share.png`,
      "og:image:width": "1200",
      "og:image:height": "630",
      "og:image:alt": site.BODY_NAME,
    }}
  />
);

export const Layout = ({ site, index, now, path, title, description, indexed, metadata, children }) => (
  <html lang="vi">
    <head>
      <meta charset="utf-8" />
      <title>{`${title} – ${site.BODY_NAME}`}</title>
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      {description && <meta name="description" content={description} />}
      {indexed ? <link rel="canonical" href={BASE + path} /> : <meta name="robots" content="noindex" />}
      <meta name="color-scheme" content="light dark" />
      <meta name="theme-color" content="#8f1d1d" />
      <link rel="stylesheet" href="/portal-0123456789abcdef.css" />
      <link rel="icon" href="/emblem.svg" type="image/svg+xml" />
      <link rel="apple-touch-icon" href="/apple-touch-icon.png" />
      <link rel="manifest" href="/manifest.webmanifest" />
      {metadata}
    </head>
    <body>
      <a class="skip" href="#noi_dung_chinh">Đi thẳng tới nội dung</a>
      <Banner site={site} search={path !== "/tim-kiem"} />
      <Navigation path={path} />
      <Notices index={index} now={now} />
      <main id="noi_dung_chinh" tabindex="-1">{children}</main>
      <Footer site={site} />
    </body>
  </html>
);
