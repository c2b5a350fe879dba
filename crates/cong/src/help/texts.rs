//! The Vietnamese help texts for each command and each argument.

/// The help texts of a command and its arguments.
pub struct Texts {
    /// The path of the command; empty for the tool itself.
    pub command: &'static str,
    pub about: &'static str,
    /// The name of each argument in the code, and its help text.
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
        about: "Cài những gì cần thiết, dựng cổng, nạp bài trong content/ rồi chạy cổng trên máy này",
        arguments: &[
            ("port", "Cổng mạng: trang chạy tại http://localhost:SỐ"),
            ("state", "Nơi giữ dữ liệu trên máy này"),
            ("content", "Thư mục bài viết để nạp"),
            (
                "vars",
                "Đổi một thiết lập của wrangler.toml hay .dev.vars, viết TÊN:GIÁ_TRỊ; dùng được nhiều lần",
            ),
        ],
    },
    Texts {
        command: "build",
        about: "Dựng Worker vào build/, nếu nguồn của nó đã thay đổi",
        arguments: &[],
    },
    Texts {
        command: "setup",
        about: "Cài những công cụ cần thiết, trong thư mục này",
        arguments: &[],
    },
    Texts {
        command: "verify",
        about: "Kiểm tra sổ cái ý kiến đã tải về: không mục nào bị bỏ hay bị sửa",
        arguments: &[
            (
                "folder",
                "Thư mục có các bản xuất sổ cái (*.jsonl, tải từ /du-thao/…/so-cai.jsonl), hoặc một tệp như \
                 thế; nhiều bản xuất của cùng một sổ được so với nhau",
            ),
            (
                "chains",
                "Mã chuỗi đã ghi lại trước đây, từ trang sổ cái hoặc giấy biên nhận, phải có trong một sổ; \
                 dùng được nhiều lần",
            ),
        ],
    },
    Texts {
        command: "new",
        about: "Bắt đầu một bài: ghi tệp với đủ các trường, đặt tên theo tiêu đề",
        arguments: &[
            ("title", "Tiêu đề, đặt trong ngoặc kép"),
            ("slug", "Tên bài, cũng là địa chỉ trang; không ghi thì đặt theo tiêu đề"),
            ("category", "Chuyên mục, viết đủ dấu"),
            ("author", "Tác giả; không ghi thì lấy tên mà git biết"),
            ("content", "Thư mục có articles/; không ghi thì là content/"),
        ],
    },
    Texts {
        command: "check",
        about: "Kiểm tra bài và tệp trong một thư mục trước khi đưa lên",
        arguments: &[
            (
                "files",
                "Chỉ in những gì tìm thấy trong các tệp này; liên kết vẫn được đối chiếu với cả thư mục",
            ),
            ("content", "Thư mục có articles/ và files/; không ghi thì là content/"),
            ("format", "In kết quả cho người đọc (text) hay cho chương trình (json)"),
        ],
    },
    Texts {
        command: "upload",
        about: "Kiểm tra bài và tệp trong một thư mục, rồi đưa lên những gì đã thay đổi",
        arguments: &[
            (
                "local",
                "Đưa vào dữ liệu trên máy này, để xem bằng cargo run dev; không ghi gì thì là như vậy",
            ),
            ("remote", "Đưa lên cổng công khai, cho mọi người xem"),
            ("content", "Thư mục có articles/ và files/; không ghi thì là content/"),
            ("state", "Nơi giữ dữ liệu trên máy này"),
            ("dry_run", "Chỉ nói sẽ làm gì"),
            ("delete", "Gỡ xuống những gì từng đưa lên mà nay không còn trong thư mục"),
            (
                "force",
                "Ghi đè cả những gì đã đưa lên bằng tay; cùng với --delete thì cũng gỡ xuống",
            ),
            ("yes", "Gỡ xuống mà không hỏi lại"),
        ],
    },
    Texts {
        command: "backup",
        about: "Sao lưu vào một thư mục mọi thứ không suy ra được: bài, tệp và những gì người dân gửi",
        arguments: &[
            ("folder", "Thư mục sẽ được tạo; nếu đã có thì phải trống"),
            ("local", "Dữ liệu trên máy này, mà cargo run dev dùng; không ghi gì thì là như vậy"),
            ("remote", "Cổng công khai"),
            ("state", "Nơi giữ dữ liệu trên máy này"),
        ],
    },
    Texts {
        command: "restore",
        about: "Khôi phục một bản sao lưu vào chỗ trống, trừ những gì đã được xóa sau khi sao lưu",
        arguments: &[
            ("folder", "Bản sao lưu"),
            (
                "erasures",
                "Danh sách mới nhất do cargo run erasures ghi: những gì có trong đó không trở lại",
            ),
            ("local", "Dữ liệu trên máy này, mà cargo run dev dùng; không ghi gì thì là như vậy"),
            ("remote", "Cổng công khai"),
            ("state", "Nơi giữ dữ liệu trên máy này"),
            ("yes", "Khôi phục mà không hỏi lại"),
        ],
    },
    Texts {
        command: "erasures",
        about: "Ghi danh sách những gì đã được rút lại hoặc xóa, không có dữ liệu cá nhân, hoặc xóa lại theo danh sách ấy",
        arguments: &[
            ("file", "Tệp danh sách; nếu đã có thì được bổ sung, không mất mục nào"),
            ("local", "Dữ liệu trên máy này, mà cargo run dev dùng; không ghi gì thì là như vậy"),
            ("remote", "Cổng công khai"),
            ("state", "Nơi giữ dữ liệu trên máy này"),
        ],
    },
    Texts {
        command: "erasures apply",
        about: "Xóa lại những gì danh sách ghi, sau khi cơ sở dữ liệu được khôi phục tại chỗ",
        arguments: &[
            ("file", "Danh sách mới nhất"),
            ("local", "Dữ liệu trên máy này, mà cargo run dev dùng; không ghi gì thì là như vậy"),
            ("remote", "Cổng công khai"),
            ("state", "Nơi giữ dữ liệu trên máy này"),
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
            ("content", "Thư mục nhận articles/ và files/"),
            (
                "base_url",
                "Địa chỉ của cổng cũ, khi nguồn là bản sao do wget tạo: địa chỉ cũ được suy từ tên tệp",
            ),
            ("author", "Tác giả của những bài mà nguồn không ghi"),
            ("category", "Chuyên mục của những bài mà nguồn không ghi"),
            (
                "plain_word",
                "Giữ mọi chữ của tệp Word theo thứ tự, không nhận diện thể thức văn bản hành chính",
            ),
            ("draft", "Đánh dấu mọi bài là bản nháp"),
            ("dry_run", "Không ghi gì, chỉ nói sẽ tạo những gì"),
            ("report", "Ghi cả báo cáo vào một tệp; tên kết thúc bằng .json thì ghi dạng JSON"),
        ],
    },
];

/// Placeholders of values in the help, in English and in Vietnamese.
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
