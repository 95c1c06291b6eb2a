// SPDX-License-Identifier: Apache-2.0
#include "core/archive/copies.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <utility>

#include "core/base/hex.h"
#include "core/ingest/limits.h"
#include "verbatim/text/shingles.h"
#include "verbatim/v1/article.pb.h"

namespace verbatim::archive {
namespace {

using text::SketchBands;

constexpr size_t kBandValues = size_t{1} << 16;

// Something that shares bands with a new text.
struct Candidate {
  std::string article;
  size_t bands = 0;
  uint64_t sequence = 0;  // 0: of the same batch
  size_t place = 0;       // in the batch
};

// The new texts by their bands.
class BandTable {
 public:
  BandTable() : seen_(text::kSketchBands * kBandValues / 64) {}

  void Add(size_t place, const SketchBands& bands) {
    for (size_t band = 0; band < bands.size(); ++band) {
      const size_t key = Key(band, bands[band]);
      seen_[key / 64] |= uint64_t{1} << key % 64;
      places_.emplace(key, place);
    }
    counts_.resize(std::max(counts_.size(), place + 1));
  }

  // visit(place, shared bands) for each text that shares enough of them.
  template <class Visit>
  void ForEachLike(const SketchBands& bands, const Visit& visit) {
    touched_.clear();
    for (size_t band = 0; band < bands.size(); ++band) {
      const size_t key = Key(band, bands[band]);
      if ((seen_[key / 64] >> key % 64 & 1) == 0) continue;
      const auto [begin, end] = places_.equal_range(key);
      for (auto it = begin; it != end; ++it) {
        if (counts_[it->second]++ == 0) touched_.push_back(it->second);
      }
    }
    for (const size_t place : touched_) {
      const size_t shared = std::exchange(counts_[place], 0);
      if (shared >= limits::kCopyBandsMin) visit(place, shared);
    }
  }

 private:
  static size_t Key(size_t band, uint16_t value) { return band * kBandValues + value; }

  std::vector<uint64_t> seen_;  // a bit a key: what nearly every look-up asks, in half a megabyte
  std::multimap<size_t, size_t> places_;
  std::vector<size_t> counts_;
  std::vector<size_t> touched_;
};

// Articles that links make one story.
class Groups {
 public:
  std::string Find(const std::string& article) {
    const auto [it, fresh] = parents_.emplace(article, article);
    if (it->second == article) return article;
    const std::string parent = it->second;
    return parents_[article] = Find(parent);
  }
  void Join(const std::string& a, const std::string& b) { parents_[Find(a)] = Find(b); }

 private:
  std::map<std::string, std::string> parents_;
};

class Search {
 public:
  Search(const log::Snapshot& snapshot, std::vector<NewText>& texts)
      : snapshot_(snapshot), texts_(texts), found_(texts.size()) {}

  absl::Status Run() {
    for (size_t i = 0; i < texts_.size(); ++i) {
      const std::vector<uint64_t>& shingles = texts_[i].shingles;
      if (shingles.size() < text::kCopyShinglesMin) continue;
      const SketchBands bands = text::Sketch(shingles);
      table_.ForEachLike(bands, [&](size_t place, size_t shared) {
        Offer(i, {texts_[place].article, shared, 0, place});
      });
      table_.Add(i, bands);
      any_ = true;
    }
    if (!any_) return absl::OkStatus();
    VB_RETURN_IF_ERROR(snapshot_.ScanSketches([&](const log::SketchHit& hit) {
      table_.ForEachLike(hit.bands, [&](size_t place, size_t shared) {
        Offer(place, {std::string(hit.article), shared, hit.sequence, 0});
      });
      return true;
    }));
    for (size_t i = 0; i < texts_.size(); ++i) {
      if (!found_[i].empty()) VB_RETURN_IF_ERROR(Choose(i));
    }
    return absl::OkStatus();
  }

 private:
  static bool IsBetter(const Candidate& a, const Candidate& b) {
    return a.bands != b.bands ? a.bands > b.bands : a.sequence - 1 < b.sequence - 1;
  }

  void Offer(size_t place, Candidate candidate) {
    std::vector<Candidate>& found = found_[place];
    if (candidate.article == texts_[place].article) return;
    found.push_back(std::move(candidate));
    if (found.size() < 4 * limits::kCopyCandidatesMax) return;
    std::sort(found.begin(), found.end(), IsBetter);
    found.resize(limits::kCopyCandidatesMax);
  }

  // The likest first; one that is of a group which is linked already need not be compared.
  absl::Status Choose(size_t place) {
    std::vector<Candidate>& found = found_[place];
    std::sort(found.begin(), found.end(), IsBetter);
    NewText& mine = texts_[place];
    VB_RETURN_IF_ERROR(JoinLinked(mine.article));
    size_t compared = 0;
    for (const Candidate& candidate : found) {
      VB_RETURN_IF_ERROR(JoinLinked(candidate.article));
      if (groups_.Find(candidate.article) == groups_.Find(mine.article)) continue;
      if (++compared > limits::kCopyCandidatesMax) break;
      double containment = 0;
      if (candidate.sequence == 0) {
        containment = text::Containment(mine.shingles, texts_[candidate.place].shingles);
      } else {
        VB_ASSIGN_OR_RETURN(const std::string other, TextOf(candidate.sequence));
        containment = text::Containment(mine.shingles, text::Shingles(other));
      }
      if (containment < limits::kCopyContainmentMin) continue;
      mine.copies.push_back({candidate.article, containment});
      groups_.Join(mine.article, candidate.article);
    }
    return absl::OkStatus();
  }

  // What the log says is linked with this article.
  absl::Status JoinLinked(const std::string& article) {
    if (std::exchange(asked_[article], true)) return absl::OkStatus();
    VB_ASSIGN_OR_RETURN(const std::vector<uint64_t> sequences,
                        snapshot_.StreamSequences(base::ToHex(article)));
    for (const uint64_t sequence : sequences) {
      VB_ASSIGN_OR_RETURN(const log::HeaderView header, snapshot_.View(sequence));
      if (header.type != "verbatim.v1.ArticleLinked") continue;
      VB_ASSIGN_OR_RETURN(const std::optional<std::string> body, snapshot_.Body(sequence, header));
      v1::ArticleLinked linked;
      if (body && linked.ParseFromString(*body)) groups_.Join(article, linked.other());
    }
    return absl::OkStatus();
  }

  // Of a revision; empty when it was erased.
  absl::StatusOr<std::string> TextOf(uint64_t sequence) const {
    VB_ASSIGN_OR_RETURN(const log::HeaderView header, snapshot_.View(sequence));
    VB_ASSIGN_OR_RETURN(const std::optional<std::string> body, snapshot_.Body(sequence, header));
    v1::ArticleIngested ingested;
    v1::ArticleRevised revised;
    v1::ArticleReextracted reextracted;
    const auto text_in = [&](auto& message) {
      const bool good = body && message.ParseFromString(*body);
      return good ? std::move(*message.mutable_content()->mutable_text()) : std::string();
    };
    if (header.type == "verbatim.v1.ArticleIngested") return text_in(ingested);
    if (header.type == "verbatim.v1.ArticleRevised") return text_in(revised);
    return text_in(reextracted);
  }

  const log::Snapshot& snapshot_;
  std::vector<NewText>& texts_;
  std::vector<std::vector<Candidate>> found_;
  BandTable table_;
  Groups groups_;
  std::map<std::string, bool> asked_;
  bool any_ = false;
};

}  // namespace

absl::Status FindCopies(const log::Snapshot& snapshot, std::vector<NewText>& texts) {
  return Search(snapshot, texts).Run();
}

}  // namespace verbatim::archive
