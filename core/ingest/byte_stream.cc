// SPDX-License-Identifier: Apache-2.0
#include "core/ingest/byte_stream.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <deque>

#include "absl/strings/str_cat.h"
#include "core/ingest/byte_buffer.h"
#include "core/ingest/inflate_whole.h"
#include "core/ingest/limits.h"

namespace verbatim::ingest {
namespace {

constexpr size_t kPieceBytes = 64 * 1024;
// Of a gzip'd file, so much is read ahead that most members of a crawl are there whole.
constexpr size_t kAheadBytes = 512 * 1024;
constexpr size_t kTrialBytes = 1024;
// Of packed bytes, sixteen million hold the magic once by chance.
constexpr size_t kTrialsMax = 100'000;
constexpr uint64_t kReadAgainFreeBytes = 1024 * 1024;
constexpr std::string_view kMagic = "\x1f\x8b\x08";

}  // namespace

class ByteStream::State {
 public:
  // `file_bytes` of a file; 0 where nobody knows how much will come.
  State(base::Fd fd, std::string_view bytes, uint64_t file_bytes)
      : fd_(std::move(fd)), file_bytes_(file_bytes) {
    raw_.Append(bytes);
    ended_ = !fd_.valid();
    FillRaw(kMagic.size());
    gzip_ = raw_.View().substr(0, kMagic.size()) == kMagic;
    if (gzip_) StartMember();
  }
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() {
    if (inflating_) inflateEnd(&stream_);
  }

  bool Need(size_t bytes) {
    while (Out().size() < bytes && status_.ok() && More()) {
    }
    return Out().size() >= bytes;
  }

  std::string_view Peek() const { return Out().View(); }

  void Skip(size_t bytes) {
    Out().Skip(bytes);
    seen_ += bytes;
    if (!gzip_) raw_offset_ += bytes;
    while (members_.size() > 1 && members_[1].out <= seen_) members_.pop_front();
  }

  uint64_t offset() const {
    if (!gzip_) return raw_offset_;
    // What is visible may come from many small members.
    uint64_t begin = member_;
    for (const Member& member : members_) {
      if (member.out > seen_) break;
      begin = member.begin;
    }
    return begin;
  }
  uint64_t member() const { return member_; }
  bool line_cut() const { return line_cut_; }
  void set_line_cut(bool cut) { line_cut_ = cut; }
  uint64_t read() const { return gzip_ ? raw_offset_ : raw_offset_ + raw_.size(); }
  bool gzip() const { return gzip_; }
  const absl::Status& status() const { return status_; }

  bool Resync(std::string_view begins) {
    if (!gzip_) return false;
    Forget();
    GoBackTo(resync_from_);
    for (size_t trials = 0; trials < kTrialsMax;) {
      const size_t found = raw_.View().find(kMagic);
      if (found != std::string_view::npos) {
        SkipRaw(found);
        FillRaw(kTrialBytes);
        if (MemberBegins(begins)) {
          status_ = absl::OkStatus();
          StartMember();
          return true;
        }
        SkipRaw(1);
        ++trials;
        continue;
      }
      SkipRaw(raw_.size() - std::min(raw_.size(), kMagic.size() - 1));
      if (!FillRaw(raw_.size() + 1)) return false;
    }
    return false;
  }

  absl::Status Seek(uint64_t byte) {
    if (!fd_.valid() || ::lseek(fd_.get(), static_cast<off_t>(byte), SEEK_SET) < 0)
      return absl::FailedPreconditionError("this input can't be read from its middle");
    raw_.Clear();
    raw_offset_ = byte;
    ended_ = false;
    Forget();
    status_ = absl::OkStatus();
    if (gzip_) {
      FillRaw(kMagic.size());
      if (!raw_.empty()) StartMember();
    }
    return absl::OkStatus();
  }

 private:
  // What is seen from outside: a plain input as it comes.
  ByteBuffer& Out() { return gzip_ ? out_ : raw_; }
  const ByteBuffer& Out() const { return gzip_ ? out_ : raw_; }

  // Bytes that a file still has; 0 where nobody knows.
  uint64_t Left() const { return file_bytes_ - std::min(file_bytes_, raw_offset_ + raw_.size()); }

  void SkipRaw(size_t bytes) {
    raw_.Skip(bytes);
    raw_offset_ += bytes;
  }

  // Makes `bytes` raw bytes visible, if the file has them.
  bool FillRaw(size_t bytes) {
    while (raw_.size() < bytes && !ended_) {
      // A page is read in one piece, with room left to see that nothing follows.
      const size_t piece = std::min<uint64_t>(kAheadBytes, Left() + kPieceBytes);
      const ssize_t got = ::read(fd_.get(), raw_.Room(piece), piece);
      if (got > 0) raw_.Add(static_cast<size_t>(got));
      if (got < 0 && errno == EINTR) continue;
      if (got < 0)
        status_ = absl::InvalidArgumentError(absl::StrCat("unreadable: ", std::strerror(errno)));
      ended_ = got <= 0;
    }
    return raw_.size() >= bytes;
  }

  // Raw bytes from there on, where they can still be had: what expands damaged bytes runs on into
  // whole ones. No more is read twice than was read once, whatever is wrong how often.
  void GoBackTo(uint64_t byte) {
    const uint64_t back = raw_offset_ - std::min(raw_offset_, byte);
    if (back == 0 || read_again_ + back > raw_offset_ + kReadAgainFreeBytes) return;
    if (!raw_.Back(back)) {
      if (!fd_.valid() || ::lseek(fd_.get(), static_cast<off_t>(byte), SEEK_SET) < 0) return;
      raw_.Clear();
      ended_ = false;
    }
    read_again_ += back;
    raw_offset_ = byte;
  }

  // Is what stands here a member, by its first bytes, and what do they expand to? The magic also
  // stands by chance in what is packed.
  bool MemberBegins(std::string_view begins) {
    // The member is given up: its state serves.
    if (!inflating_ || inflateReset(&stream_) != Z_OK) return false;
    std::string out(begins.size(), '\0');
    stream_.next_in = NextIn();
    stream_.avail_in = static_cast<uInt>(std::min(raw_.size(), kTrialBytes));
    stream_.next_out = reinterpret_cast<Bytef*>(out.data());
    stream_.avail_out = static_cast<uInt>(out.size());
    inflate(&stream_, Z_NO_FLUSH);
    return stream_.avail_out == 0 && out == begins;
  }

  // zlib writes nothing there.
  Bytef* NextIn() const { return reinterpret_cast<Bytef*>(const_cast<char*>(raw_.View().data())); }

  // What was visible.
  void Forget() {
    seen_ += out_.size();
    out_.Clear();
    members_.clear();
  }

  void StartMember() {
    member_ = raw_offset_;
    members_.push_back({seen_ + out_.size(), member_});
    member_bytes_ = 0;
    if (!inflating_) {
      inflating_ = inflateInit2(&stream_, 15 + 16) == Z_OK;
      if (!inflating_) status_ = absl::ResourceExhaustedError("no memory to expand gzip");
    } else {
      inflateReset(&stream_);
    }
    in_member_ = true;
  }

  void Fail(std::string_view what) {
    resync_from_ = in_member_ ? member_ + 1 : raw_offset_;
    status_ = absl::InvalidArgumentError(absl::StrCat(std::string(what), " at byte ", raw_offset_));
  }

  // More visible bytes; false at the end.
  bool More() {
    if (!gzip_) return FillRaw(raw_.size() + 1);
    if (raw_.empty() && !FillRaw(1)) {
      if (in_member_ && status_.ok()) Fail("truncated-gzip");
      return false;
    }
    if (!in_member_) {
      if (raw_.size() < kMagic.size()) FillRaw(kMagic.size());
      if (raw_.View().substr(0, 2) != kMagic.substr(0, 2)) {
        Fail("trailing-garbage");
        return false;
      }
      StartMember();
    }
    return (raw_offset_ == member_ && TakeWhole()) || Inflate();
  }

  // The member at whose beginning it stands, all at once, if it is small and sound.
  bool TakeWhole() {
    // Reading ahead waits for nobody who is still writing.
    if (Left() > 0 && raw_.size() < kAheadBytes / 2) FillRaw(kAheadBytes);
    const auto whole = InflateWhole(raw_.View(), Wrapping::kGzip);
    if (!whole) return false;
    out_.Append(whole->bytes);
    SkipRaw(whole->packed);
    in_member_ = false;
    return true;
  }

  bool Inflate() {
    stream_.next_in = NextIn();
    stream_.avail_in = static_cast<uInt>(raw_.size());
    stream_.next_out = reinterpret_cast<Bytef*>(out_.Room(kPieceBytes));
    stream_.avail_out = kPieceBytes;
    const int result = inflate(&stream_, Z_NO_FLUSH);
    SkipRaw(raw_.size() - stream_.avail_in);
    const size_t made = kPieceBytes - stream_.avail_out;
    out_.Add(made);
    member_bytes_ += made;
    if (result == Z_STREAM_END) {
      in_member_ = false;
    } else if (result != Z_OK && result != Z_BUF_ERROR) {
      const bool sum =
          stream_.msg != nullptr && std::string_view(stream_.msg) == "incorrect data check";
      Fail(sum ? "crc-mismatch" : "damaged-gzip");
      return false;
    }
    const uint64_t packed = raw_offset_ - member_;
    if (member_bytes_ > limits::kExpansionFreeBytes &&
        member_bytes_ > limits::kExpansionRatioMax * std::max<uint64_t>(packed, 1)) {
      Fail("too-large-expanded");
      return false;
    }
    return true;
  }

  base::Fd fd_;
  const uint64_t file_bytes_;
  ByteBuffer raw_;           // as the file has it
  uint64_t raw_offset_ = 0;  // of its first byte in the file
  bool ended_ = false;
  bool gzip_ = false;
  bool inflating_ = false;
  bool in_member_ = false;
  z_stream stream_{};
  // Where a member's bytes begin: in all that was ever made visible, and in the file.
  struct Member {
    uint64_t out;
    uint64_t begin;
  };
  std::deque<Member> members_;  // those that what is visible comes from
  uint64_t member_ = 0;         // where the current one began
  uint64_t resync_from_ = 0;    // after damage
  uint64_t read_again_ = 0;     // for it
  uint64_t member_bytes_ = 0;   // expanded from the current one
  ByteBuffer out_;              // what the members held
  uint64_t seen_ = 0;           // bytes made visible before the first that is
  bool line_cut_ = false;
  absl::Status status_;
};

ByteStream::ByteStream(std::unique_ptr<State> state) : state_(std::move(state)) {}
ByteStream::ByteStream(ByteStream&&) noexcept = default;
ByteStream& ByteStream::operator=(ByteStream&&) noexcept = default;
ByteStream::~ByteStream() = default;

absl::StatusOr<ByteStream> ByteStream::Open(const std::filesystem::path& path) {
  if (path == "-") {
    return ByteStream(std::make_unique<State>(base::Fd(::dup(STDIN_FILENO)), "", 0));
  }
  // A FIFO without a writer must not hold the whole run up.
  base::Fd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  // A socket can't even be opened.
  const bool socket = !fd.valid() && errno == ENXIO;
  if (!fd.valid() && !socket) {
    return absl::InvalidArgumentError(absl::StrCat("unreadable: ", std::strerror(errno)));
  }
  struct stat about {};
  if (socket || ::fstat(fd.get(), &about) != 0 || !S_ISREG(about.st_mode)) {
    return absl::InvalidArgumentError("not-regular: only files, folders and - are read");
  }
  return ByteStream(
      std::make_unique<State>(std::move(fd), "", static_cast<uint64_t>(about.st_size)));
}

ByteStream ByteStream::Of(std::string_view bytes) {
  return ByteStream(std::make_unique<State>(base::Fd(), bytes, 0));
}

bool ByteStream::Need(size_t bytes) { return state_->Need(bytes); }
std::string_view ByteStream::Peek() const { return state_->Peek(); }
void ByteStream::Skip(size_t bytes) { state_->Skip(bytes); }
uint64_t ByteStream::offset() const { return state_->offset(); }
uint64_t ByteStream::read() const { return state_->read(); }
uint64_t ByteStream::member() const { return state_->member(); }
bool ByteStream::line_cut() const { return state_->line_cut(); }
bool ByteStream::gzip() const { return state_->gzip(); }
const absl::Status& ByteStream::status() const { return state_->status(); }
bool ByteStream::Resync(std::string_view begins) { return state_->Resync(begins); }
absl::Status ByteStream::Seek(uint64_t byte) { return state_->Seek(byte); }

absl::StatusOr<std::string> ByteStream::ReadLine(size_t bytes_max) {
  size_t seen = 0;
  state_->set_line_cut(false);
  while (true) {
    const size_t end = Peek().find('\n', seen);
    if (end != std::string_view::npos && end <= bytes_max) {
      std::string line(Peek().substr(0, end));
      if (!line.empty() && line.back() == '\r') line.pop_back();
      Skip(end + 1);
      return line;
    }
    seen = Peek().size();
    if (seen > bytes_max) return absl::ResourceExhaustedError("line too long");
    if (Need(seen + 1)) continue;
    if (seen == 0) return absl::OutOfRangeError("end");
    state_->set_line_cut(true);
    std::string line(Peek());
    Skip(seen);
    return line;
  }
}

}  // namespace verbatim::ingest
