// SPDX-License-Identifier: Apache-2.0
#include "core/merkle/bundle.h"

#include <algorithm>

#include "core/base/base64.h"
#include "core/base/check.h"
#include "core/base/hex.h"
#include "core/base/limits.h"
#include "core/merkle/lines.h"
#include "fmt/format.h"

namespace verbatim::merkle {
namespace {

constexpr std::string_view kFirstLine = "verbatim proof 1";
constexpr size_t kLineChars = 76;  // of base64, as mail likes it
constexpr size_t kLineBytes = kLineChars / 4 * 3;

void AppendBytes(std::string_view bytes, std::string& text) {
  for (size_t begin = 0; begin < bytes.size(); begin += kLineBytes) {
    text += base::ToBase64(bytes.substr(begin, kLineBytes));
    text += '\n';
  }
}

void AppendEvent(const ProvenEvent& event, std::string& text) {
  text += fmt::format("sequence {}\nheader {}\n", event.sequence, event.header.size());
  AppendBytes(event.header, text);
  switch (event.body_state) {
    case BodyState::kThere:
      text += fmt::format("salt {}\nbody {}\n", base::ToBase64(event.salt), event.body.size());
      AppendBytes(event.body, text);
      break;
    case BodyState::kWithheld:
      text += "body withheld\n";
      break;
    case BodyState::kErased:
      text += "body erased\n";
      break;
  }
  text += fmt::format("proof {}\n", event.proof.size());
  for (const Hash& hash : event.proof) AppendBytes(base::AsView(hash), text);
  text += '\n';
}

// Reads line by line; every failure names the line.
class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}

  absl::StatusOr<ProofBundle> Read() {
    ProofBundle bundle;
    VB_RETURN_IF_ERROR(Exactly(kFirstLine));
    VB_ASSIGN_OR_RETURN(bundle.subject, ReadSubject());
    VB_ASSIGN_OR_RETURN(const std::string_view key, After("key "));
    const absl::StatusOr<VerifyingKey> parsed = VerifyingKey::Parse(key);
    if (!parsed.ok()) return Wrong(std::string(parsed.status().message()));
    bundle.key = *parsed;
    VB_ASSIGN_OR_RETURN(const uint64_t events, Number("events "));
    VB_RETURN_IF_ERROR(Exactly(""));
    VB_ASSIGN_OR_RETURN(bundle.note, ReadNote());
    if (events == 0) return Wrong("a proof is of one event at least");
    for (uint64_t i = 0; i < events; ++i) {
      VB_ASSIGN_OR_RETURN(ProvenEvent event, ReadEvent());
      if (!bundle.events.empty() && event.sequence <= bundle.events.back().sequence) {
        return Wrong("events stand in order of their sequences, each once");
      }
      bundle.events.push_back(std::move(event));
    }
    return bundle;
  }

  // What is left after Read: the line of the digest.
  std::string_view rest() const { return rest_; }

  absl::Status Wrong(std::string_view why) const {
    return absl::InvalidArgumentError(fmt::format("line {}: {}", line_, why));
  }

 private:
  absl::StatusOr<std::string_view> Line() {
    ++line_;
    const auto line = TakeLine(rest_);
    if (!line) return Wrong("the proof ends in the midst of things");
    return *line;
  }

  absl::Status Exactly(std::string_view wanted) {
    VB_ASSIGN_OR_RETURN(const std::string_view line, Line());
    if (line == wanted) return absl::OkStatus();
    return Wrong(wanted.empty() ? std::string("a blank line belongs here")
                                : fmt::format("'{}' belongs here", wanted));
  }

  absl::StatusOr<std::string_view> After(std::string_view word) {
    VB_ASSIGN_OR_RETURN(const std::string_view line, Line());
    if (line.substr(0, word.size()) != word) {
      return Wrong(fmt::format("'{}' belongs here", word.substr(0, word.size() - 1)));
    }
    return line.substr(word.size());
  }

  absl::StatusOr<uint64_t> ToNumber(std::string_view text) const {
    const auto number = ReadNumber(text);
    if (!number) return Wrong("this is no number in decimal, with no zero before it");
    return *number;
  }

  absl::StatusOr<uint64_t> Number(std::string_view word) {
    VB_ASSIGN_OR_RETURN(const std::string_view text, After(word));
    return ToNumber(text);
  }

  absl::StatusOr<Subject> ReadSubject() {
    VB_ASSIGN_OR_RETURN(const std::string_view text, After("about "));
    Subject subject;
    const size_t blank = text.find(' ');
    const std::string_view kind = text.substr(0, blank);
    const std::string_view which =
        blank == std::string_view::npos ? std::string_view() : text.substr(blank + 1);
    if (kind == "event") {
      VB_ASSIGN_OR_RETURN(subject.sequence, ToNumber(which));
      return subject;
    }
    const auto id = base::FromHex(which);
    if ((kind != "annotation" && kind != "article") || !id || id->size() != kSubjectIdBytes ||
        base::ToHex(*id) != which) {
      return Wrong("a proof is about an event, an annotation or an article");
    }
    subject.kind = kind == "article" ? Subject::Kind::kArticle : Subject::Kind::kAnnotation;
    subject.id = *id;
    return subject;
  }

  // Three lines, a blank one, one signature, a blank one.
  absl::StatusOr<std::string> ReadNote() {
    const std::string_view begin = rest_;
    for (int i = 0; i < 3; ++i) {
      VB_ASSIGN_OR_RETURN(const std::string_view line, Line());
      if (line.empty()) return Wrong("a checkpoint has three lines: origin, size, root");
    }
    VB_RETURN_IF_ERROR(Exactly(""));
    VB_ASSIGN_OR_RETURN(const std::string_view signature, Line());
    if (signature.empty()) return Wrong("the checkpoint's signature belongs here");
    const std::string note(begin.substr(0, begin.size() - rest_.size()));
    VB_RETURN_IF_ERROR(Exactly(""));
    return note;
  }

  absl::StatusOr<std::string> Bytes(uint64_t size) {
    if (size > rest_.size()) return Wrong("more bytes than the proof has");
    std::string bytes;
    bytes.reserve(size);
    while (bytes.size() < size) {
      VB_ASSIGN_OR_RETURN(const std::string_view line, Line());
      const auto piece = base::FromBase64(line);
      if (!piece || piece->size() != std::min<size_t>(kLineBytes, size - bytes.size())) {
        return Wrong("this is not the base64 that belongs here");
      }
      bytes += *piece;
    }
    return bytes;
  }

  absl::StatusOr<ProvenEvent> ReadEvent() {
    ProvenEvent event;
    VB_ASSIGN_OR_RETURN(event.sequence, Number("sequence "));
    if (event.sequence == 0) return Wrong("sequences begin with 1");
    VB_ASSIGN_OR_RETURN(const uint64_t header_bytes, Number("header "));
    VB_ASSIGN_OR_RETURN(event.header, Bytes(header_bytes));
    VB_RETURN_IF_ERROR(ReadBody(event));
    VB_ASSIGN_OR_RETURN(const uint64_t hashes, Number("proof "));
    if (hashes > 64) return Wrong("no tree is that high");
    for (uint64_t i = 0; i < hashes; ++i) {
      VB_ASSIGN_OR_RETURN(const std::string hash, Bytes(kHashBytes));
      event.proof.push_back(HashFrom(hash));
    }
    VB_RETURN_IF_ERROR(Exactly(""));
    return event;
  }

  absl::Status ReadBody(ProvenEvent& event) {
    VB_ASSIGN_OR_RETURN(const std::string_view line, Line());
    if (line == "body withheld" || line == "body erased") {
      event.body_state = line == "body erased" ? BodyState::kErased : BodyState::kWithheld;
      return absl::OkStatus();
    }
    constexpr std::string_view kSalt = "salt ";
    const auto salt = line.substr(0, kSalt.size()) == kSalt
                          ? base::FromBase64(line.substr(kSalt.size()))
                          : std::nullopt;
    if (!salt || salt->size() != kBodySaltBytes) {
      return Wrong("a body's salt, 'body withheld' or 'body erased' belongs here");
    }
    event.salt = *salt;
    VB_ASSIGN_OR_RETURN(const uint64_t bytes, Number("body "));
    VB_ASSIGN_OR_RETURN(event.body, Bytes(bytes));
    return absl::OkStatus();
  }

  std::string_view rest_;
  size_t line_ = 0;
};

// The last line, over everything before it.
std::string DigestLine(std::string_view text) {
  return fmt::format("sha256 {}\n", base::ToHex(base::AsView(base::Sha256(text))));
}

}  // namespace

std::string Subject::ToString() const {
  switch (kind) {
    case Kind::kEvent:
      return fmt::format("event {}", sequence);
    case Kind::kAnnotation:
      return "annotation " + base::ToHex(id);
    case Kind::kArticle:
      return "article " + base::ToHex(id);
  }
  return "";
}

std::string EncodeBundle(const ProofBundle& bundle) {
  std::string text =
      fmt::format("{}\nabout {}\nkey {}\nevents {}\n\n{}\n", kFirstLine, bundle.subject.ToString(),
                  bundle.key.ToString(), bundle.events.size(), bundle.note);
  for (const ProvenEvent& event : bundle.events) AppendEvent(event, text);
  text += DigestLine(text);
  return text;
}

absl::StatusOr<ProofBundle> ParseBundle(std::string_view text) {
  if (text.size() > limits::kProofBytesMax) {
    return absl::ResourceExhaustedError(fmt::format("a proof of {} bytes: at most {} are read",
                                                    text.size(), limits::kProofBytesMax));
  }
  Reader reader(text);
  VB_ASSIGN_OR_RETURN(ProofBundle bundle, reader.Read());
  const std::string_view read = text.substr(0, text.size() - reader.rest().size());
  if (reader.rest() != DigestLine(read)) {
    return absl::InvalidArgumentError(
        "the digest in the last line is not that of the lines above it: the proof was changed");
  }
  // One writing only, whatever the reader above lets pass.
  if (EncodeBundle(bundle) != text) {
    return absl::InvalidArgumentError("the proof is not written as it has to be");
  }
  return bundle;
}

absl::StatusOr<Checkpoint> CheckProofs(const ProofBundle& bundle) {
  VB_ASSIGN_OR_RETURN(const std::string text, OpenNote(bundle.note, bundle.key));
  VB_ASSIGN_OR_RETURN(Checkpoint checkpoint, ParseCheckpoint(text));
  for (const ProvenEvent& event : bundle.events) {
    const absl::Status proved = CheckInclusion(
        event.sequence - 1, checkpoint.size, LeafHash(event.header), event.proof, checkpoint.root);
    if (!proved.ok()) return base::WithContext(proved, fmt::format("event @{}", event.sequence));
  }
  return checkpoint;
}

}  // namespace verbatim::merkle
