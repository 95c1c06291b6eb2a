// SPDX-License-Identifier: Apache-2.0
#include "core/store/page_check.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <bit>
#include <cerrno>
#include <chrono>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/cord.h"
#include "core/base/files.h"
#include "core/store/error.h"
#include "core/store/page_layout.h"
#include "fmt/format.h"

namespace verbatim::store {
namespace {

constexpr int kMetaReadsMax = 10;
constexpr char kWhere[] = "verbatim/damaged-entries";

class PageFile {
 public:
  static absl::StatusOr<PageFile> Open(const std::filesystem::path& folder) {
    PageFile file;
    file.folder_ = folder;
    file.fd_ = base::Fd(open((folder / "data.mdb").c_str(), O_RDONLY | O_CLOEXEC));
    struct stat entry;
    if (!file.fd_.valid() || fstat(file.fd_.get(), &entry) != 0) {
      return LmdbStatus(errno, "read data.mdb", folder);
    }
    file.bytes_ = static_cast<uint64_t>(entry.st_size);
    return file;
  }

  uint64_t bytes() const { return bytes_; }

  absl::StatusOr<std::string> Read(uint64_t begin_byte, size_t size) const {
    std::string bytes(size, '\0');
    for (size_t done = 0; done < size;) {
      const ssize_t got =
          pread(fd_.get(), bytes.data() + done, size - done, static_cast<off_t>(begin_byte + done));
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) return LmdbStatus(errno, "read data.mdb", folder_);
      if (got == 0) return absl::DataLossError("data.mdb is cut short");
      done += static_cast<size_t>(got);
    }
    return bytes;
  }

 private:
  std::filesystem::path folder_;
  base::Fd fd_;
  uint64_t bytes_ = 0;
};

absl::Status Damage(std::string_view what) {
  return absl::DataLossError(
      fmt::format("data.mdb is damaged: {}. Restore a backup, or see `verbatim doctor`", what));
}

// Both, or the status that says which is bad.
absl::StatusOr<std::vector<MetaPage>> ReadMetasOnce(const PageFile& file) {
  std::vector<MetaPage> metas;
  uint64_t begin_byte = 0;
  for (int number = 0; number < 2; ++number) {
    if (file.bytes() < begin_byte + kPageBytesMin) return Damage("it is cut short");
    VB_ASSIGN_OR_RETURN(const std::string page, file.Read(begin_byte, kPageBytesMin));
    const MetaPage meta = ReadMeta(page);
    if (meta.magic != kMetaMagic) {
      if (number == 0) {
        return absl::FailedPreconditionError(
            "data.mdb is no database of this program. Is this the right folder?");
      }
      return Damage("the second meta page");
    }
    if (meta.version != kMetaVersion) {
      return absl::FailedPreconditionError(
          fmt::format("data.mdb has version {} of LMDB's format, this verbatim reads {}",
                      meta.version, kMetaVersion));
    }
    const bool sane_size = std::has_single_bit(meta.page_bytes) &&
                           meta.page_bytes >= kPageBytesMin && meta.page_bytes <= kPageBytesMax;
    if (!sane_size || (number == 1 && meta.page_bytes != metas[0].page_bytes) ||
        meta.free.flags != kFreeDbFlags || meta.main.flags != 0) {
      return Damage(fmt::format("meta page {}", number));
    }
    metas.push_back(meta);
    begin_byte = meta.page_bytes;
  }
  // Commits take turns: an even one writes the first page, an odd one the second. Otherwise LMDB
  // would take the older picture for the newest.
  const uint64_t even = metas[0].txn;
  const uint64_t odd = metas[1].txn;
  const bool fresh = even == 0 && odd == 0;
  if (!fresh && (even % 2 != 0 || odd % 2 != 1 || (even + 1 != odd && odd + 1 != even))) {
    return Damage(fmt::format("the meta pages are of commits {} and {}", even, odd));
  }
  return metas;
}

// A writer may commit between the two reads, or in one: what stays bad is damage.
absl::StatusOr<std::vector<MetaPage>> ReadMetas(const PageFile& file) {
  absl::StatusOr<std::vector<MetaPage>> metas = ReadMetasOnce(file);
  for (int again = 0; again < kMetaReadsMax && absl::IsDataLoss(metas.status()); ++again) {
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
    metas = ReadMetasOnce(file);
  }
  return metas;
}

// Walks the trees of one picture.
class Walker {
 public:
  Walker(const PageFile& file, const MetaPage& meta, PageDepth depth)
      : file_(file), meta_(meta), depth_(depth) {}

  absl::Status Walk() {
    if (meta_.last_page >= kPagesMax) return Damage("the meta page's last page");
    const bool all = depth_ == PageDepth::kAll;
    if (all) used_.resize(meta_.last_page + 1);
    VB_RETURN_IF_ERROR(Tree("the list of databases", meta_.main, Kind::kMain));
    for (const auto& [name, db] : databases_) VB_RETURN_IF_ERROR(Tree(name, db, Kind::kRows));
    return all ? Tree("the list of free pages", meta_.free, Kind::kFree) : absl::OkStatus();
  }

 private:
  enum class Kind { kMain, kRows, kFree };
  struct Counts {
    uint64_t branch_pages = 0;
    uint64_t leaf_pages = 0;
    uint64_t overflow_pages = 0;
    uint64_t entries = 0;
  };
  struct Bounds {
    std::optional<std::string> from;  // inclusive
    std::optional<std::string> to;    // exclusive
  };

  absl::Status Bad(uint64_t page, std::string_view what) const {
    absl::Status status = Damage(fmt::format("page {} of {}: {}", page, name_, what));
    if (kind_ == Kind::kRows) status.SetPayload(kWhere, absl::Cord(name_ + '\0' + from_));
    return status;
  }

  absl::Status Tree(const std::string& name, const DbRecord& db, Kind kind) {
    name_ = name;
    kind_ = kind;
    counts_ = Counts();
    tree_depth_ = db.depth;
    if (kind == Kind::kRows && db.flags != 0) return Damage(name + " has flags of another program");
    if (db.root == kNoPage) {
      return db.entries == 0 && db.depth == 0 ? absl::OkStatus()
                                              : Damage(name + " has entries and no page");
    }
    if (db.depth == 0 || db.depth > kTreeDepthMax) return Damage(name + " has a wrong depth");
    VB_RETURN_IF_ERROR(Page(db.root, 1, Bounds()));
    if (depth_ == PageDepth::kRoots && kind != Kind::kMain) return absl::OkStatus();
    if (counts_.branch_pages != db.branch_pages || counts_.leaf_pages != db.leaf_pages ||
        counts_.overflow_pages != db.overflow_pages || counts_.entries != db.entries) {
      return Damage(
          fmt::format("{} has {} entries, and should have {}", name, counts_.entries, db.entries));
    }
    return absl::OkStatus();
  }

  absl::Status Use(uint64_t first, uint64_t pages) {
    if (first < kMetaPages || first > meta_.last_page || pages > meta_.last_page - first + 1) {
      return Bad(first, "lies outside the file's pages");
    }
    if ((first + pages) * meta_.page_bytes > file_.bytes()) {
      return Bad(first, "lies beyond the file's end: it was cut short");
    }
    if (depth_ == PageDepth::kRoots) return absl::OkStatus();
    for (uint64_t page = first; page < first + pages; ++page) {
      if (used_[page]) return Bad(page, "is used twice");
      used_[page] = true;
    }
    return absl::OkStatus();
  }

  absl::Status Page(uint64_t number, unsigned level, const Bounds& bounds) {
    from_ = bounds.from.value_or("");
    VB_RETURN_IF_ERROR(Use(number, 1));
    VB_ASSIGN_OR_RETURN(const std::string bytes,
                        file_.Read(number * meta_.page_bytes, meta_.page_bytes));
    const PageHead head = ReadPageHead(bytes);
    const bool leaf = level == tree_depth_;
    if (head.number != number) return Bad(number, "carries another number");
    if (head.flags != (leaf ? kLeafPage : kBranchPage)) return Bad(number, "is of another kind");
    if (head.lower < kPageHeadBytes || head.lower > head.upper || head.upper > bytes.size() ||
        head.lower % 2 != 0) {
      return Bad(number, "has wrong bounds");
    }
    const size_t nodes = (head.lower - kPageHeadBytes) / 2;
    if (nodes < (leaf || kind_ == Kind::kFree ? 1u : 2u)) return Bad(number, "has too few entries");
    (leaf ? counts_.leaf_pages : counts_.branch_pages) += 1;
    return leaf ? Leaf(number, bytes, head, nodes, bounds)
                : Branch(number, bytes, head, nodes, level, bounds);
  }

  absl::StatusOr<Node> NodeAt(uint64_t page, const std::string& bytes, const PageHead& head,
                              size_t i, bool leaf) const {
    const size_t begin = U16(bytes, kPageHeadBytes + 2 * i);
    if (begin < head.upper || begin % 2 != 0 || begin + kNodeHeadBytes > bytes.size()) {
      return Bad(page, "an entry lies outside it");
    }
    const Node node = ReadNode(bytes, begin);
    const size_t data = !leaf ? 0 : (node.flags & kBigData) != 0 ? 8 : node.data_bytes;
    if (begin + kNodeHeadBytes + node.key_bytes + data > bytes.size()) {
      return Bad(page, "an entry runs out of it");
    }
    return node;
  }

  bool Less(std::string_view a, std::string_view b) const {
    if (kind_ != Kind::kFree) return a < b;
    return U64(a, 0) < U64(b, 0);  // of free pages: transaction numbers, native
  }

  absl::Status CheckKey(uint64_t page, std::string_view key, const Bounds& bounds,
                        const std::optional<std::string>& previous) const {
    if (key.empty() || key.size() > kKeyBytesMax || (kind_ == Kind::kFree && key.size() != 8)) {
      return Bad(page, "a key has a wrong length");
    }
    if ((previous && !Less(*previous, key)) || (bounds.from && Less(key, *bounds.from)) ||
        (bounds.to && !Less(key, *bounds.to))) {
      return Bad(page, "its keys are out of order");
    }
    return absl::OkStatus();
  }

  absl::Status Branch(uint64_t number, const std::string& bytes, const PageHead& head, size_t nodes,
                      unsigned level, const Bounds& bounds) {
    std::vector<std::pair<std::string, uint64_t>> children;
    std::optional<std::string> previous;
    for (size_t i = 0; i < nodes; ++i) {
      VB_ASSIGN_OR_RETURN(const Node node, NodeAt(number, bytes, head, i, false));
      const std::string key(bytes.substr(node.key_begin, node.key_bytes));
      if (i > 0) {  // the first key stands for everything below the second
        VB_RETURN_IF_ERROR(CheckKey(number, key, bounds, previous));
        previous = key;
      }
      children.emplace_back(key, node.child());
    }
    if (depth_ == PageDepth::kRoots && kind_ != Kind::kMain) return absl::OkStatus();
    for (size_t i = 0; i < nodes; ++i) {
      Bounds below = bounds;
      if (i > 0) below.from = children[i].first;
      if (i + 1 < nodes) below.to = children[i + 1].first;
      VB_RETURN_IF_ERROR(Page(children[i].second, level + 1, below));
    }
    return absl::OkStatus();
  }

  absl::Status Leaf(uint64_t number, const std::string& bytes, const PageHead& head, size_t nodes,
                    const Bounds& bounds) {
    std::optional<std::string> previous;
    for (size_t i = 0; i < nodes; ++i) {
      VB_ASSIGN_OR_RETURN(const Node node, NodeAt(number, bytes, head, i, true));
      std::string key(bytes.substr(node.key_begin, node.key_bytes));
      VB_RETURN_IF_ERROR(CheckKey(number, key, bounds, previous));
      const std::string_view data = std::string_view(bytes).substr(
          node.data_begin(), (node.flags & kBigData) != 0 ? 8 : node.data_bytes);
      from_ = key;
      VB_RETURN_IF_ERROR(Value(number, node, key, data));
      from_ += '\0';  // the smallest key after it
      previous = std::move(key);
      ++counts_.entries;
    }
    return absl::OkStatus();
  }

  absl::Status Value(uint64_t number, const Node& node, const std::string& key,
                     std::string_view data) {
    const uint16_t wanted = kind_ == Kind::kMain ? kSubDatabase : 0;
    if ((node.flags & ~kBigData) != wanted) return Bad(number, "an entry is of another kind");
    if (kind_ == Kind::kMain) {
      if (node.flags != kSubDatabase || data.size() != kDbRecordBytes) {
        return Bad(number, "a database's record has a wrong length");
      }
      databases_.emplace_back(key, ReadDbRecord(data, 0));
      return absl::OkStatus();
    }
    std::string value(data);
    if ((node.flags & kBigData) != 0) {
      const uint64_t first = U64(data, 0);
      const uint64_t pages = (kPageHeadBytes + node.data_bytes - 1) / meta_.page_bytes + 1;
      VB_RETURN_IF_ERROR(Use(first, pages));
      counts_.overflow_pages += pages;
      if (depth_ == PageDepth::kRoots) return absl::OkStatus();
      const bool whole = kind_ == Kind::kFree;
      VB_ASSIGN_OR_RETURN(const std::string bytes,
                          file_.Read(first * meta_.page_bytes,
                                     kPageHeadBytes + (whole ? node.data_bytes : size_t{0})));
      const PageHead head = ReadPageHead(bytes);
      if (head.number != first || head.flags != kOverflowPage || head.overflow_pages != pages) {
        return Bad(first, "is not the long value that it should be");
      }
      value = bytes.substr(kPageHeadBytes);
    }
    return kind_ == Kind::kFree ? FreePages(number, value) : absl::OkStatus();
  }

  // A count and so many page numbers. A page that is in use as well would be overwritten.
  absl::Status FreePages(uint64_t number, const std::string& list) {
    const uint64_t count = list.size() < 8 ? kNoPage : U64(list, 0);
    if (count > list.size() / 8 - 1) return Bad(number, "a list of free pages is cut short");
    for (uint64_t i = 1; i <= count; ++i) {
      const uint64_t page = U64(list, 8 * i);
      if (page < kMetaPages || page > meta_.last_page) {
        return Bad(number, "a free page lies outside the file's pages");
      }
      if (used_[page]) return Bad(page, "is in use and free");
      used_[page] = true;
    }
    return absl::OkStatus();
  }

  const PageFile& file_;
  const MetaPage& meta_;
  const PageDepth depth_;
  std::vector<bool> used_;
  std::vector<std::pair<std::string, DbRecord>> databases_;
  // Of the tree that is walked.
  std::string name_;
  std::string from_;  // every entry before this key was looked at
  Kind kind_ = Kind::kMain;
  unsigned tree_depth_ = 0;
  Counts counts_;
};

}  // namespace

absl::Status CheckMetaPages(const std::filesystem::path& folder) {
  VB_ASSIGN_OR_RETURN(const PageFile file, PageFile::Open(folder));
  if (file.bytes() == 0) return absl::OkStatus();
  return base::WithContext(ReadMetas(file).status(), folder.string());
}

std::optional<DamagedEntries> WhereDamaged(const absl::Status& status) {
  const auto payload = status.GetPayload(kWhere);
  if (!payload) return std::nullopt;
  const std::string where(*payload);
  const size_t end = where.find('\0');
  return DamagedEntries{where.substr(0, end), where.substr(end + 1)};
}

absl::Status CheckPages(const std::filesystem::path& folder, const ReadTxn& txn, PageDepth depth) {
  VB_ASSIGN_OR_RETURN(const PageFile file, PageFile::Open(folder));
  if (file.bytes() == 0) return absl::OkStatus();
  VB_ASSIGN_OR_RETURN(const std::vector<MetaPage> metas, ReadMetas(file));
  for (const MetaPage& meta : metas) {
    if (meta.txn == txn.id())
      return base::WithContext(Walker(file, meta, depth).Walk(), folder.string());
  }
  return absl::AbortedError("the picture is older than the last two commits: renew it, then check");
}

}  // namespace verbatim::store
