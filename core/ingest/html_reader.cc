// SPDX-License-Identifier: Apache-2.0
#include "core/ingest/html_reader.h"

#include <algorithm>
#include <string>
#include <vector>

#include "core/ingest/limits.h"
#include "core/ingest/main_text.h"
#include "core/ingest/page.h"
#include "core/ingest/page_metadata.h"

namespace verbatim::ingest {
namespace {

// The body of the JSON-LD is taken instead when ours has less than this share of its words.
constexpr double kBodyShareMin = 0.4;
constexpr uint32_t kBodyWordsMin = 80;

// A page that a script fills shows nothing; what it says of itself elsewhere is at least a
// sentence.
constexpr uint32_t kDescriptionWordsMin = 8;

// The longest live blogs have some thousand blocks; each costs a KiB of features.
constexpr size_t kBlocksMax = 20'000;

void AddDropped(const std::vector<Block>& blocks, const std::vector<Verdict>& verdicts,
                v1::ArticleContent& content) {
  size_t text_bytes = 0;
  size_t dropped_bytes = 0;
  bool first = true;
  for (size_t i = 0; i < blocks.size(); ++i) {
    if (verdicts[i].kept()) {
      text_bytes += blocks[i].text.size() + (first ? 0 : 2);
      first = false;
      continue;
    }
    dropped_bytes += blocks[i].text.size();
    if (dropped_bytes > limits::kDroppedBytesMax) break;
    v1::DroppedSpan* span = content.add_dropped();
    span->set_text(blocks[i].text);
    span->set_reason(std::string(verdicts[i].reason));
    span->set_before_byte(static_cast<uint32_t>(text_bytes));
  }
}

// The text that the page's JSON-LD gives, where blocks were found badly: a page that loads its text
// later shows a stub.
std::string BodyOfJsonLd(const Page& page, const std::string& found) {
  if (page.json_ld.article_body.empty()) return "";
  std::string body = page.json_ld.article_body;
  if (body.find("</") != std::string::npos || body.find("&lt;") != std::string::npos) return "";
  const uint32_t words = CountWords(body);
  if (words < kBodyWordsMin || CountWords(found) >= kBodyShareMin * words) return "";
  std::string text;
  size_t begin = 0;
  while (begin <= body.size()) {
    const size_t end = std::min(body.find('\n', begin), body.size());
    const std::string line = Unescape(std::string_view(body).substr(begin, end - begin));
    if (!line.empty()) {
      if (!text.empty()) text += "\n\n";
      text += line;
    }
    begin = end + 1;
  }
  return text;
}

}  // namespace

absl::StatusOr<v1::ArticleContent> ReadHtml(const Decoded& decoded, std::string_view url,
                                            const DateBounds& bounds) {
  const Page page = ParsePage(decoded.text);
  std::vector<Block> blocks = BlocksOf(page.tree);
  v1::ArticleContent content;
  v1::Extraction& extraction = *content.mutable_extraction();
  extraction.set_extractor("html");
  extraction.set_version(std::string(kHtmlExtractorVersion));
  extraction.set_charset(decoded.used);
  extraction.set_charset_declared(decoded.declared);
  extraction.set_replaced(decoded.replaced);
  for (const std::string& limit : page.warnings) extraction.add_warnings("limit met: " + limit);
  if (blocks.size() > kBlocksMax) {
    blocks.resize(kBlocksMax);
    extraction.add_warnings("limit met: blocks");
  }
  const PageFacts facts(page.tree, blocks, page.Hints());
  std::vector<Verdict> verdicts = JudgeBlocks(facts);
  if (TakeBest(facts, verdicts))
    extraction.add_warnings("little text: the element with most of it was taken whole");
  content.set_text(JoinKept(blocks, verdicts));
  if (std::string body = BodyOfJsonLd(page, content.text()); !body.empty()) {
    content.set_text(std::move(body));
    extraction.add_warnings("text taken from json-ld articleBody");
  } else {
    AddDropped(blocks, verdicts, content);
  }
  *content.mutable_metadata() = MetadataOfPage(page, facts, url, bounds);
  // Only what says when it was published says that it is an article.
  if (content.text().empty() && content.metadata().has_published() &&
      CountWords(page.best_description) >= kDescriptionWordsMin) {
    content.set_text(page.best_description);
    extraction.add_warnings("no text shown: the description stands for it");
  }
  if (content.text().empty())
    return absl::InvalidArgumentError(blocks.empty()
                                          ? "no-article: the page shows no text"
                                          : "no-article: the page shows links and labels, no text");
  return content;
}

}  // namespace verbatim::ingest
