// SPDX-License-Identifier: Apache-2.0
// Any article: who said what in it, and whether the answer is sound and the same again.
#include <string>
#include <string_view>
#include <vector>

#include "plugins/quotes/tests/sound.h"
#include "quotations.h"
#include "tests/fuzz/fuzz.h"

namespace verbatim::fuzz {
namespace {

constexpr std::string_view kWeekday = "Tuesday";

}  // namespace

// The first byte says what is known beside the text: bit 0 its day, bit 1 which day "Tuesday" is.
void Run(std::string_view bytes) {
  const uint8_t known = Take(bytes);
  quotes::Article article;
  article.text = bytes;
  if ((known & 1) != 0) article.published = "2031-05-08";
  if ((known & 2) != 0) {
    for (size_t at = bytes.find(kWeekday); at != std::string_view::npos;
         at = bytes.find(kWeekday, at + 1)) {
      quotes::DateMention date;
      date.bytes = {static_cast<uint32_t>(at), static_cast<uint32_t>(at + kWeekday.size())};
      date.day = "2031-05-06";
      article.dates.push_back(date);
    }
  }
  const std::vector<quotes::Quotation> found = quotes::FindQuotations(article);
  const std::string unsound = quotes::WhatIsUnsound(bytes, found);
  VB_CHECK(unsound.empty(), unsound.c_str());
  const std::vector<quotes::Quotation> again = quotes::FindQuotations(article);
  VB_CHECK(again.size() == found.size(), "as many again");
  for (size_t n = 0; n < found.size(); ++n) {
    VB_CHECK(again[n].spans == found[n].spans && again[n].speaker == found[n].speaker &&
                 again[n].said_on == found[n].said_on,
             "the same again");
  }
}

}  // namespace verbatim::fuzz
