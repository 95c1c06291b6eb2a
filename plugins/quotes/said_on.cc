// SPDX-License-Identifier: Apache-2.0
#include "said_on.h"

#include <algorithm>

namespace verbatim::quotes {
namespace {

bool Within(const Range& inner, const std::vector<Range>& ranges) {
  return std::any_of(ranges.begin(), ranges.end(),
                     [&](const Range& r) { return inner.begin < r.end && r.begin < inner.end; });
}

// The day named in the attribution, outside the words attributed; null when it names none.
const DateMention* Stated(const Document& doc, const Article& article, std::string_view published,
                          const Attribution& a) {
  if (a.cue_first < 0) return nullptr;
  const Sentence& sentence = doc.sentences[static_cast<size_t>(a.sentence)];
  const Range bytes = doc.Bytes(sentence.begin, sentence.end - 1);
  const uint32_t cue = doc.BytesOf(a.cue_first).begin;
  auto date =
      std::lower_bound(article.dates.begin(), article.dates.end(), bytes.begin,
                       [](const DateMention& d, uint32_t byte) { return d.bytes.begin < byte; });
  const DateMention* best = nullptr;
  uint32_t best_distance = 0;
  for (; date != article.dates.end() && date->bytes.begin < bytes.end; ++date) {
    if (date->day.empty() || date->future || Within(date->bytes, a.pieces)) continue;
    if (!published.empty() && date->day > published) continue;
    const uint32_t distance =
        date->bytes.begin > cue ? date->bytes.begin - cue : cue - date->bytes.begin;
    if (best == nullptr || distance < best_distance) best = &*date, best_distance = distance;
  }
  return best;
}

}  // namespace

void DateQuotations(const Document& doc, const Article& article,
                    const std::vector<const Attribution*>& from,
                    std::vector<Quotation>& quotations) {
  const std::string_view published = article.published.substr(0, 10);
  const bool known = published.size() == 10;
  std::string day;  // of the run of words by one speaker that is being read
  std::string speaker;
  for (size_t n = 0; n < quotations.size(); ++n) {
    Quotation& q = quotations[n];
    const bool same = !q.speaker.empty() && q.speaker == speaker;
    if (!same) day.clear();
    speaker = q.speaker;
    if (const DateMention* stated =
            Stated(doc, article, known ? published : std::string_view(), *from[n])) {
      q.said_on = day = stated->day;
      q.said_on_basis = stated->inferred ? SaidOn::kInferred : SaidOn::kStated;
    } else if (!day.empty()) {
      q.said_on = day;
      q.said_on_basis = SaidOn::kInferred;
    } else if (known) {
      q.said_on = std::string(published);
      q.said_on_basis = SaidOn::kArticleDate;
    }
  }
}

}  // namespace verbatim::quotes
