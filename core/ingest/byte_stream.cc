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
#include "core/base/check.h"
#include "core/ingest/limits.h"

namespace verbatim::ingest {
namespace {

constexpr size_t kPieceBytes = 64 * 1024;
constexpr size_t kTrialBytes = 1024;
constexpr std::string_view kMagic = "\x1f\x8b\x08";

}  // namespace

class ByteStream::State {
 public:
  State(base::Fd fd, std::string bytes) : fd_(std::move(fd)), raw_(std::move(bytes)) {
    ended_ = !fd_.valid();
    FillRaw(kMagic.size());
    gzip_ = Raw().substr(0, kMagic.size()) == kMagic;
    if (gzip_) StartMember();
  }
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() {
    if (inflating_) inflateEnd(&stream_);
  }

  bool Need(size_t bytes) {
    while (out_.size() - out_at_ < bytes && status_.ok() && More()) {
    }
    return out_.size() - out_at_ >= bytes;
  }

  std::string_view Peek() const { return std::string_view(out_).substr(out_at_); }

  void Skip(size_t bytes) {
    VB_CHECK(bytes <= out_.size() - out_at_, "only what is visible can be skipped");
    out_at_ += bytes;
    if (out_at_ > kPieceBytes && 2 * out_at_ > out_.size()) {
      out_.erase(0, out_at_);
      out_before_ += out_at_;
      out_at_ = 0;
    }
    while (members_.size() > 1 && members_[1].out <= out_before_ + out_at_) members_.pop_front();
  }

  uint64_t offset() const {
    if (!gzip_) return raw_offset_ + raw_at_ - (out_.size() - out_at_);
    // What is visible may come from many small members.
    uint64_t begin = member_;
    for (const Member& member : members_) {
      if (member.out > out_before_ + out_at_) break;
      begin = member.begin;
    }
    return begin;
  }
  uint64_t member() const { return member_; }
  bool line_cut() const { return line_cut_; }
  void set_line_cut(bool cut) { line_cut_ = cut; }
  uint64_t read() const { return raw_offset_ + raw_at_; }
  bool gzip() const { return gzip_; }
  const absl::Status& status() const { return status_; }

  bool Resync(std::string_view begins) {
    if (!gzip_) return false;
    Forget();
    GoBackTo(resync_from_);
    while (true) {
      const size_t found = Raw().find(kMagic);
      if (found != std::string_view::npos) {
        raw_at_ += found;
        FillRaw(kTrialBytes);
        if (MemberBegins(begins)) {
          status_ = absl::OkStatus();
          StartMember();
          return true;
        }
        ++raw_at_;
        continue;
      }
      raw_at_ = raw_.size() - std::min<size_t>(raw_.size() - raw_at_, kMagic.size() - 1);
      if (!FillRaw(raw_.size() - raw_at_ + 1)) return false;
    }
  }

  absl::Status Seek(uint64_t byte) {
    if (!fd_.valid() || ::lseek(fd_.get(), static_cast<off_t>(byte), SEEK_SET) < 0)
      return absl::FailedPreconditionError("this input can't be read from its middle");
    raw_.clear();
    raw_at_ = 0;
    raw_offset_ = byte;
    ended_ = false;
    Forget();
    status_ = absl::OkStatus();
    if (gzip_) {
      FillRaw(kMagic.size());
      if (!Raw().empty()) StartMember();
    }
    return absl::OkStatus();
  }

 private:
  std::string_view Raw() const { return std::string_view(raw_).substr(raw_at_); }

  // Makes `bytes` raw bytes visible, if the file has them.
  bool FillRaw(size_t bytes) {
    if (raw_at_ > 0) {
      raw_offset_ += raw_at_;
      raw_.erase(0, raw_at_);
      raw_at_ = 0;
    }
    while (raw_.size() < bytes && !ended_) {
      const size_t before = raw_.size();
      raw_.resize(before + kPieceBytes);
      const ssize_t got = ::read(fd_.get(), raw_.data() + before, kPieceBytes);
      raw_.resize(before + (got > 0 ? static_cast<size_t>(got) : 0));
      if (got < 0 && errno == EINTR) continue;
      if (got < 0)
        status_ = absl::InvalidArgumentError(absl::StrCat("unreadable: ", std::strerror(errno)));
      ended_ = got <= 0;
    }
    return raw_.size() >= bytes;
  }

  // Raw bytes from there on, where they can still be had: what expands damaged bytes runs on into
  // whole ones.
  void GoBackTo(uint64_t byte) {
    if (byte >= raw_offset_ && byte <= raw_offset_ + raw_.size()) {
      raw_at_ = byte - raw_offset_;
    } else if (fd_.valid() && ::lseek(fd_.get(), static_cast<off_t>(byte), SEEK_SET) >= 0) {
      raw_.clear();
      raw_at_ = 0;
      raw_offset_ = byte;
      ended_ = false;
    }
  }

  // Is what stands here a member, by its first bytes, and what do they expand to? The magic also
  // stands by chance in what is packed.
  bool MemberBegins(std::string_view begins) {
    z_stream trial{};
    if (inflateInit2(&trial, 15 + 16) != Z_OK) return false;
    std::string out(begins.size(), '\0');
    trial.next_in = reinterpret_cast<Bytef*>(raw_.data() + raw_at_);
    trial.avail_in = static_cast<uInt>(std::min(raw_.size() - raw_at_, kTrialBytes));
    trial.next_out = reinterpret_cast<Bytef*>(out.data());
    trial.avail_out = static_cast<uInt>(out.size());
    inflate(&trial, Z_NO_FLUSH);
    const bool all = trial.avail_out == 0;
    inflateEnd(&trial);
    return all && out == begins;
  }

  // What was visible.
  void Forget() {
    out_before_ += out_.size();
    out_.clear();
    out_at_ = 0;
    members_.clear();
  }

  void StartMember() {
    member_ = raw_offset_ + raw_at_;
    members_.push_back({out_before_ + out_.size(), member_});
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
    resync_from_ = in_member_ ? member_ + 1 : raw_offset_ + raw_at_;
    status_ = absl::InvalidArgumentError(
        absl::StrCat(std::string(what), " at byte ", raw_offset_ + raw_at_));
  }

  // More visible bytes; false at the end.
  bool More() {
    if (Raw().empty() && !FillRaw(1)) {
      if (gzip_ && in_member_ && status_.ok()) Fail("truncated-gzip");
      return false;
    }
    if (!gzip_) {
      out_ += Raw();
      raw_at_ = raw_.size();
      return true;
    }
    if (!in_member_) {
      if (Raw().size() < kMagic.size()) FillRaw(kMagic.size());
      if (Raw().substr(0, 2) != kMagic.substr(0, 2)) {
        Fail("trailing-garbage");
        return false;
      }
      StartMember();
    }
    return Inflate();
  }

  bool Inflate() {
    const size_t before = out_.size();
    out_.resize(before + kPieceBytes);
    stream_.next_in = reinterpret_cast<Bytef*>(raw_.data() + raw_at_);
    stream_.avail_in = static_cast<uInt>(raw_.size() - raw_at_);
    stream_.next_out = reinterpret_cast<Bytef*>(out_.data() + before);
    stream_.avail_out = kPieceBytes;
    const int result = inflate(&stream_, Z_NO_FLUSH);
    raw_at_ = raw_.size() - stream_.avail_in;
    out_.resize(before + kPieceBytes - stream_.avail_out);
    member_bytes_ += out_.size() - before;
    if (result == Z_STREAM_END) {
      in_member_ = false;
    } else if (result != Z_OK && result != Z_BUF_ERROR) {
      const bool sum =
          stream_.msg != nullptr && std::string_view(stream_.msg) == "incorrect data check";
      Fail(sum ? "crc-mismatch" : "damaged-gzip");
      return false;
    }
    const uint64_t packed = raw_offset_ + raw_at_ - member_;
    if (member_bytes_ > limits::kExpansionFreeBytes &&
        member_bytes_ > limits::kExpansionRatioMax * std::max<uint64_t>(packed, 1)) {
      Fail("too-large-expanded");
      return false;
    }
    return true;
  }

  base::Fd fd_;
  std::string raw_;
  size_t raw_at_ = 0;
  uint64_t raw_offset_ = 0;  // of raw_[0] in the file
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
  uint64_t member_bytes_ = 0;   // expanded from the current one
  std::string out_;
  size_t out_at_ = 0;
  uint64_t out_before_ = 0;  // bytes made visible before out_[0]
  bool line_cut_ = false;
  absl::Status status_;
};

ByteStream::ByteStream(std::unique_ptr<State> state) : state_(std::move(state)) {}
ByteStream::ByteStream(ByteStream&&) noexcept = default;
ByteStream& ByteStream::operator=(ByteStream&&) noexcept = default;
ByteStream::~ByteStream() = default;

absl::StatusOr<ByteStream> ByteStream::Open(const std::filesystem::path& path) {
  if (path == "-") {
    return ByteStream(std::make_unique<State>(base::Fd(::dup(STDIN_FILENO)), ""));
  }
  // A FIFO without a writer must not hold the whole run up.
  base::Fd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (!fd.valid()) {
    return absl::InvalidArgumentError(absl::StrCat("unreadable: ", std::strerror(errno)));
  }
  struct stat about {};
  if (::fstat(fd.get(), &about) != 0 || !S_ISREG(about.st_mode)) {
    return absl::InvalidArgumentError("not-regular: only files, folders and - are read");
  }
  return ByteStream(std::make_unique<State>(std::move(fd), ""));
}

ByteStream ByteStream::Of(std::string bytes) {
  return ByteStream(std::make_unique<State>(base::Fd(), std::move(bytes)));
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
