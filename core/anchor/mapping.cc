// SPDX-License-Identifier: Apache-2.0
#include "core/anchor/mapping.h"

#include <string_view>
#include <utility>

#include "verbatim/text/sentences.h"

namespace verbatim::anchor {
namespace {

std::vector<std::string_view> TextsOf(std::string_view text,
                                      const std::vector<text::Range>& ranges) {
  std::vector<std::string_view> texts;
  texts.reserve(ranges.size());
  for (const text::Range& range : ranges) texts.push_back(text::In(text, range));
  return texts;
}

}  // namespace

Mapping::Mapping(const RevisionText& from, const RevisionText& to)
    : from_(from), to_(to), same_text_(from.sha256() == to.sha256()) {}

Mapping::~Mapping() = default;

uint32_t Mapping::Follow(uint32_t from_byte) const {
  if (same_text_) return from_byte;
  if (words_ == nullptr) {
    text::DiffOptions options;
    options.min_similarity = 0;
    options.swallow_islands = false;
    words_ = std::make_unique<std::vector<text::DiffOp>>(
        text::DiffWords(from_.text(), to_.text(), options));
  }
  return text::MapByte(*words_, from_byte);
}

const Mapping::Sentences& Mapping::sentences() const {
  if (sentences_ == nullptr) {
    auto found = std::make_unique<Sentences>();
    found->from = text::Sentences(from_.text());
    found->to = text::Sentences(to_.text());
    found->pairs =
        text::AlignSentences(TextsOf(from_.text(), found->from), TextsOf(to_.text(), found->to));
    sentences_ = std::move(found);
  }
  return *sentences_;
}

}  // namespace verbatim::anchor
