/// The Vietnamese help texts of a command and its arguments.
pub struct Texts {
    /// The names of the command and of the commands above it, such as `erasures apply`; empty for the tool itself.
    pub command: &'static str,
    pub about: &'static str,
    /// The identifier of each argument in clap, and its help text.
    pub arguments: &'static [(&'static str, &'static str)],
}

pub const HELP: &str = "Hiện hướng dẫn này";
pub const VERSION: &str = "Hiện số phiên bản";

pub const TEXTS: &[Texts] = &[
    Texts {
        command: "",
        about: "Cổng: cổng thông tin điện tử chạy trên Cloudflare Workers",
        arguments: &[],
    },
    Texts {
        command: "dev",
        about: "Cài công cụ, dựng cổng, nạp bài và tệp trong content/ rồi chạy cổng trên máy này",
        arguments: &[
            ("port", "Cổng mạng: trang chạy tại http://localhost:SỐ"),
            ("state", "Thư mục giữ dữ liệu trên máy này"),
            ("content", "Thư mục có bài và tệp để nạp vào dữ liệu trên máy này"),
            (
                "vars",
                "Đổi một thiết lập của wrangler.toml hay .dev.vars, viết TÊN:GIÁ_TRỊ; dùng được nhiều lần",
            ),
        ],
    },
    Texts {
        command: "build",
        about: "Dựng Worker vào build/, nếu mã nguồn đã thay đổi",
        arguments: &[],
    },
    Texts {
        command: "setup",
        about: "Cài các công cụ để dựng và chạy cổng, trong thư mục này",
        arguments: &[],
    },
    Texts {
        command: "verify",
        about: "Kiểm tra sổ cái góp ý đã tải về: không mục nào bị bỏ hay bị sửa",
        arguments: &[
            (
                "folder",
                "Thư mục có các bản xuất sổ cái (*.jsonl, tải từ /du-thao/…/so-cai.jsonl), hoặc một tệp như \
                 thế; nhiều bản xuất của cùng một sổ được so với nhau",
            ),
            (
                "chains",
                "Mã chuỗi đã ghi lại trước đây từ trang sổ cái hoặc biên nhận; một trong các sổ phải có \
                 mã này; dùng được nhiều lần",
            ),
        ],
    },
    Texts {
        command: "new",
        about: "Tạo một bài mới: tệp có đủ các trường, đặt tên theo tiêu đề",
        arguments: &[
            ("title", "Tiêu đề, đặt trong ngoặc kép"),
            ("slug", "Tên bài, cũng là phần cuối của địa chỉ trang [mặc định: đặt theo tiêu đề]"),
            ("category", "Tên chuyên mục, viết đủ dấu"),
            ("author", "Tác giả [mặc định: tên người dùng trong git]"),
            ("content", "Thư mục có articles/ [mặc định: content/]"),
        ],
    },
    Texts {
        command: "check",
        about: "Kiểm tra bài và tệp trong một thư mục trước khi đưa lên",
        arguments: &[
            (
                "files",
                "Chỉ in lỗi và cảnh báo của các tệp này; liên kết vẫn được đối chiếu với cả thư mục",
            ),
            ("content", "Thư mục có articles/ và files/ [mặc định: content/]"),
            ("format", "In kết quả cho người đọc (text) hay cho chương trình (json)"),
        ],
    },
    Texts {
        command: "upload",
        about: "Kiểm tra bài và tệp trong một thư mục, rồi đưa lên những gì đã thay đổi",
        arguments: &[
            ("local", "Đưa vào dữ liệu trên máy này, để xem bằng cargo run dev (mặc định)"),
            ("remote", "Đưa lên cổng công khai, cho mọi người xem"),
            ("content", "Thư mục có articles/ và files/ [mặc định: content/]"),
            ("state", "Thư mục giữ dữ liệu trên máy này"),
            ("dry_run", "Không ghi gì, chỉ in ra những việc sẽ làm"),
            ("delete", "Gỡ xuống những bài và tệp từng đưa lên mà nay không còn trong thư mục"),
            (
                "force",
                "Ghi đè cả những bài và tệp đã sửa hoặc đưa lên bằng tay; cùng với --delete thì gỡ xuống cả chúng",
            ),
            ("yes", "Gỡ xuống mà không hỏi lại"),
        ],
    },
    Texts {
        command: "backup",
        about: "Sao lưu vào một thư mục mọi dữ liệu không dựng lại được: bài, tệp và những gì người dân gửi",
        arguments: &[
            ("folder", "Thư mục sẽ được tạo; nếu đã có thì phải trống"),
            ("local", "Dữ liệu trên máy này, mà cargo run dev dùng (mặc định)"),
            ("remote", "Cổng công khai"),
            ("state", "Thư mục giữ dữ liệu trên máy này"),
        ],
    },
    Texts {
        command: "restore",
        about: "Khôi phục một bản sao lưu vào nơi chưa có dữ liệu, trừ những gì đã được xóa sau khi sao lưu",
        arguments: &[
            ("folder", "Thư mục của bản sao lưu"),
            (
                "erasures",
                "Danh sách đã xóa mới nhất, do cargo run erasures ghi; dữ liệu nêu trong đó không được khôi phục",
            ),
            ("local", "Dữ liệu trên máy này, mà cargo run dev dùng (mặc định)"),
            ("remote", "Cổng công khai"),
            ("state", "Thư mục giữ dữ liệu trên máy này"),
            ("yes", "Khôi phục mà không hỏi lại"),
        ],
    },
    Texts {
        command: "erasures",
        about: "Ghi danh sách những gì đã được rút lại hoặc xóa, không có dữ liệu cá nhân; hoặc xóa lại theo danh sách ấy",
        arguments: &[
            ("file", "Tệp danh sách; nếu đã có thì được bổ sung, không dòng nào bị mất"),
            ("local", "Dữ liệu trên máy này, mà cargo run dev dùng (mặc định)"),
            ("remote", "Cổng công khai"),
            ("state", "Thư mục giữ dữ liệu trên máy này"),
        ],
    },
    Texts {
        command: "erasures apply",
        about: "Xóa lại những gì danh sách ghi, sau khi cơ sở dữ liệu được đưa về một thời điểm trước đó",
        arguments: &[
            ("file", "Danh sách đã xóa mới nhất"),
            ("local", "Dữ liệu trên máy này, mà cargo run dev dùng (mặc định)"),
            ("remote", "Cổng công khai"),
            ("state", "Thư mục giữ dữ liệu trên máy này"),
            ("yes", "Xóa mà không hỏi lại"),
        ],
    },
    Texts {
        command: "import",
        about: "Tạo bài từ trang đã lưu của cổng cũ, bản xuất WordPress, nguồn tin hoặc tệp Word",
        arguments: &[
            (
                "sources",
                "Thư mục và tệp: trang đã lưu (*.html, bảng mã tiếng Việt nào cũng được), bản xuất WordPress \
                 (*.xml), nguồn tin RSS hay Atom, tệp Word (*.docx, *.docm, *.dotx, *.dotm); loại được nhận ra \
                 theo nội dung",
            ),
            ("content", "Thư mục sẽ ghi articles/ và files/ vào"),
            (
                "base_url",
                "Địa chỉ của cổng cũ, khi nguồn là bản sao do wget tạo: địa chỉ cũ của mỗi trang được suy từ tên tệp",
            ),
            ("author", "Tác giả của những bài mà nguồn không nêu tác giả"),
            ("category", "Chuyên mục của những bài mà nguồn không nêu chuyên mục"),
            (
                "plain_word",
                "Giữ mọi chữ của tệp Word theo thứ tự, không nhận diện thể thức văn bản hành chính",
            ),
            ("draft", "Đánh dấu mọi bài là bản nháp"),
            ("dry_run", "Không ghi gì, chỉ in ra những gì sẽ tạo"),
            ("report", "Ghi báo cáo cả vào tệp này; tên kết thúc bằng .json thì ghi dạng JSON"),
        ],
    },
];

/// Placeholders for values in the help, in English and in Vietnamese.
pub const VALUE_NAMES: &[(&str, &str)] = &[
    ("AUTHOR", "TÊN"),
    ("CATEGORY", "CHUYÊN_MỤC"),
    ("DIR", "THƯ_MỤC"),
    ("FILES", "TỆP"),
    ("FILE", "TỆP"),
    ("FOLDER", "THƯ_MỤC"),
    ("FOLDER|FILE", "THƯ_MỤC|TỆP"),
    ("FORMAT", "DẠNG"),
    ("HEX", "MÃ"),
    ("NAME", "TÊN"),
    ("NAME:VALUE", "TÊN:GIÁ_TRỊ"),
    ("PORT", "SỐ"),
    ("SLUG", "TÊN_BÀI"),
    ("TITLE", "TIÊU_ĐỀ"),
    ("URL", "ĐỊA_CHỈ"),
];
