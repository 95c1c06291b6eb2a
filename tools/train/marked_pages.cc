// SPDX-License-Identifier: Apache-2.0
#include "tools/train/marked_pages.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <regex>
#include <unordered_map>

#include "core/base/sha256.h"
#include "core/ingest/charset.h"
#include "core/ingest/inputs.h"
#include "core/ingest/page_facts.h"
#include "verbatim/text/shingles.h"

namespace verbatim::train {
namespace {

constexpr size_t kLongWords = 5;
constexpr size_t kGram = 4;

int FoldOf(const std::string& domain, int folds) {
  return static_cast<unsigned char>(base::Sha256("fold:" + domain)[0]) % folds;
}

uint64_t GramAt(const std::vector<uint64_t>& words, size_t at, size_t size) {
  uint64_t hash = size;
  for (size_t i = 0; i < size; ++i) hash = (hash ^ words[at + i]) * 0x9E3779B97F4A7C15u + 1;
  return hash;
}

// The places in `in` where `words` stand, between two places; npos when they don't.
size_t FindWords(const std::vector<uint64_t>& in, const std::vector<uint64_t>& words, size_t from,
                 size_t to) {
  const auto begin = in.begin() + static_cast<int64_t>(std::min(from, in.size()));
  const auto end = in.begin() + static_cast<int64_t>(std::min(to, in.size()));
  if (begin >= end) return std::string::npos;
  const auto found = std::search(begin, end, words.begin(), words.end());
  return found == end ? std::string::npos : static_cast<size_t>(found - in.begin());
}

std::vector<std::string_view> Names(std::string_view value) {
  std::vector<std::string_view> names;
  while (!value.empty()) {
    const size_t begin = value.find_first_not_of(" \t\r\n");
    if (begin == std::string_view::npos) break;
    const size_t end = value.find_first_of(" \t\r\n", begin);
    names.push_back(value.substr(begin, end == std::string_view::npos ? end : end - begin));
    if (end == std::string_view::npos) break;
    value.remove_prefix(end);
  }
  return names;
}

void Prepare(MarkedPage& marked, std::string_view html) {
  marked.page = ingest::ParsePage(html);
  marked.blocks = ingest::BlocksOf(marked.page.tree);
  marked.features = ingest::BlockFeatures(
      ingest::PageFacts(marked.page.tree, marked.blocks, marked.page.Hints()));
  marked.labels = LabelBlocks(marked.blocks, marked.gold);
  double words = 1;
  for (size_t i = 0; i < marked.blocks.size(); ++i)
    words += double{marked.labels[i]} * marked.blocks[i].words;
  // A page counts as much as another, however long; within it, blocks by the words that hang on
  // them.
  for (const ingest::Block& block : marked.blocks) {
    const double share = (block.words + 2.0) / std::max(words, 60.0);
    marked.weights.push_back(
        static_cast<float>(double{marked.weight} * (std::min(share, 0.25) * 40 + 0.05)));
  }
}

}  // namespace

std::vector<float> LabelBlocks(const std::vector<ingest::Block>& blocks, std::string_view gold) {
  const std::vector<uint64_t> words = text::WordHashes(gold);
  std::unordered_map<uint64_t, std::vector<size_t>> grams;
  for (size_t i = 0; i + kGram <= words.size(); ++i) grams[GramAt(words, i, kGram)].push_back(i);
  std::vector<std::vector<uint64_t>> own;
  std::vector<float> labels(blocks.size(), 0);
  std::vector<size_t> first(blocks.size(), std::string::npos);
  std::vector<size_t> last(blocks.size(), 0);
  for (size_t b = 0; b < blocks.size(); ++b) {
    own.push_back(text::WordHashes(blocks[b].text));
    if (own[b].size() < kLongWords) continue;
    size_t found = 0;
    const size_t all = own[b].size() - kGram + 1;
    for (size_t i = 0; i < all; ++i) {
      const auto hit = grams.find(GramAt(own[b], i, kGram));
      if (hit == grams.end()) continue;
      ++found;
      first[b] = std::min(first[b], hit->second.front());
      last[b] = std::max(last[b], hit->second.front() + kGram);
    }
    labels[b] = static_cast<float>(found) / static_cast<float>(all);
    if (labels[b] < 0.3f) first[b] = std::string::npos;
  }
  size_t from = 0;
  for (size_t b = 0; b < blocks.size(); ++b) {
    if (first[b] != std::string::npos) from = std::max(from, last[b] > 2 ? last[b] - 2 : 0);
    if (own[b].empty() || own[b].size() >= kLongWords) continue;
    size_t to = words.size();
    for (size_t k = b + 1; k < blocks.size(); ++k) {
      if (first[k] == std::string::npos || first[k] < from) continue;
      to = first[k] + 2;
      break;
    }
    // Behind the last long block a short one must follow closely.
    to = std::min(to, from + 40);
    const size_t at = FindWords(words, own[b], from > 2 ? from - 2 : 0, to);
    if (at == std::string::npos) continue;
    labels[b] = 1;
    from = at + own[b].size();
  }
  return labels;
}

std::string ShuffleNames(std::string_view html, uint64_t seed) {
  static const std::regex kAttribute(R"re((\s(?:class|id)\s*=\s*)("[^"<>]*"|'[^'<>]*'))re",
                                     std::regex::icase | std::regex::optimize);
  const std::string text(html);
  std::vector<std::string> names;
  std::unordered_map<std::string, std::string> exchanged;
  const std::sregex_iterator end;
  for (std::sregex_iterator it(text.begin(), text.end(), kAttribute); it != end; ++it) {
    const std::string value = (*it)[2].str();
    for (const std::string_view name : Names(std::string_view(value).substr(1, value.size() - 2))) {
      if (exchanged.emplace(name, "").second) names.emplace_back(name);
    }
  }
  std::vector<std::string> others = names;
  uint64_t state = seed;
  for (size_t i = others.size(); i > 1; --i) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    std::swap(others[i - 1], others[(state >> 33) % i]);
  }
  for (size_t i = 0; i < names.size(); ++i) exchanged[names[i]] = others[i];
  std::string out;
  size_t at = 0;
  for (std::sregex_iterator it(text.begin(), text.end(), kAttribute); it != end; ++it) {
    const auto begin = static_cast<size_t>(it->position());
    out.append(text, at, begin - at);
    const std::string value = (*it)[2].str();
    out += (*it)[1].str() + value.front();
    bool more = false;
    for (const std::string_view name : Names(std::string_view(value).substr(1, value.size() - 2))) {
      if (more) out += ' ';
      out += exchanged[std::string(name)];
      more = true;
    }
    out += value.back();
    at = begin + static_cast<size_t>(it->length());
  }
  out.append(text, at);
  return out;
}

absl::StatusOr<std::vector<MarkedPage>> ReadMarkedPages(const std::string& folder, int folds,
                                                        bool shuffle) {
  std::ifstream file(folder + "/gold.json");
  const auto gold = nlohmann::json::parse(file, nullptr, false);
  if (gold.is_discarded()) return absl::InvalidArgumentError(folder + "/gold.json: no JSON");
  std::vector<MarkedPage> pages;
  for (const auto& [id, marks] : gold.items()) {
    if (!marks.contains("articleBody") || !marks["articleBody"].is_string()) continue;
    VB_ASSIGN_OR_RETURN(const std::string bytes,
                        ingest::ReadInput({folder + "/pages/" + id + ".html.gz"}));
    const auto decoded = ingest::Decode(bytes);
    if (!decoded.ok()) continue;
    MarkedPage marked;
    marked.set = folder.substr(folder.find_last_of('/') + 1);
    marked.id = id;
    marked.gold = marks["articleBody"];
    marked.fold = FoldOf(marks.value("domain", id), folds);
    Prepare(marked, decoded->text);
    pages.push_back(std::move(marked));
    if (!shuffle) continue;
    MarkedPage blind;
    blind.set = pages.back().set;
    blind.id = id;
    blind.gold = pages.back().gold;
    blind.fold = pages.back().fold;
    blind.shuffled = true;
    blind.weight = 0.5f;
    Prepare(blind, ShuffleNames(decoded->text, 7));
    pages.push_back(std::move(blind));
  }
  return pages;
}

}  // namespace verbatim::train
