// SPDX-License-Identifier: Apache-2.0
#include "core/ingest/block_features.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/base/check.h"
#include "core/ingest/block_words.h"
#include "core/ingest/name_evidence.h"
#include "core/ingest/page_facts.h"
#include "core/ingest/word_evidence.h"

namespace verbatim::ingest {
namespace {

constexpr int kNeighbours = 3;       // looked at on either side
constexpr int kContainers = 4;       // elements outwards whose mass is looked at
constexpr int kKinLevels = 4;        // elements outwards whose brothers are counted
constexpr int kFamilyWordsMax = 20;  // beyond these, more say nothing more
constexpr size_t kColumns = 20 + kOpeningFamilies + 4 + 12 + 20 + 2 * kNameFamilies + 12 + 4 +
                            kContainers * 5 + 6 + 5 + 2 * kNeighbours * 7 + 6 + kKinLevels + 5 +
                            kWordFamilies + 4;

float Log(double value) { return static_cast<float>(std::log1p(value)); }
float Share(double part, double whole) { return whole > 0 ? static_cast<float>(part / whole) : 0; }

// Writes one row, left to right.
class Row {
 public:
  explicit Row(float* at) : at_(at) {}
  void Add(double value) { *at_++ = static_cast<float>(value); }
  const float* at() const { return at_; }

 private:
  float* at_;
};

// Tags from a block's element outwards.
struct Ancestors {
  bool article = false, main = false, nav = false, aside = false, footer = false, header = false,
       form = false, figure = false, list_item = false, cell = false, quote = false,
       article_body = false, dialog = false, details = false, address = false, definition = false;
  int heading = 0, lists = 0, tables = 0;
};

void Note(Tag tag, Ancestors& around) {
  switch (tag) {
    case Tag::kArticle:
      around.article = true;
      break;
    case Tag::kMain:
      around.main = true;
      break;
    case Tag::kNav:
      around.nav = true;
      break;
    case Tag::kAside:
      around.aside = true;
      break;
    case Tag::kFooter:
      around.footer = true;
      break;
    case Tag::kHeader:
      around.header = true;
      break;
    case Tag::kForm:
      around.form = true;
      break;
    case Tag::kFigure:
      around.figure = true;
      break;
    case Tag::kLi:
      around.list_item = true;
      break;
    case Tag::kTd:
    case Tag::kTh:
      around.cell = true;
      break;
    case Tag::kBlockquote:
      around.quote = true;
      break;
    case Tag::kDialog:
      around.dialog = true;
      break;
    case Tag::kDetails:
      around.details = true;
      break;
    case Tag::kAddress:
      around.address = true;
      break;
    case Tag::kDl:
      around.definition = true;
      break;
    case Tag::kUl:
    case Tag::kOl:
      ++around.lists;
      break;
    case Tag::kTable:
      ++around.tables;
      break;
    default:
      break;
  }
}

Ancestors AncestorsOf(const HtmlTree& tree, uint32_t node) {
  Ancestors around;
  for (; node != HtmlTree::kNoNode; node = tree[node].parent) {
    Note(tree[node].tag, around);
    if (around.heading == 0) around.heading = HeadingLevel(tree[node].tag);
    around.article_body |= tree.Attr(node, AttrName::kItemprop) == "articleBody";
  }
  return around;
}

class Featurer {
 public:
  explicit Featurer(const PageFacts& facts)
      : facts_(facts), tree_(facts.tree()), blocks_(facts.blocks()) {
    for (const Block& block : blocks_) {
      around_.push_back(AncestorsOf(tree_, block.node));
      words_before_.push_back(total_words_);
      good_before_.push_back(good_words_);
      total_words_ += block.words;
      const size_t i = around_.size() - 1;
      if (facts_.measures(i).ending == 1.0f && LinkShare(i) < 0.3f) good_words_ += block.words;
    }
  }

  FeatureTable Run() {
    FeatureTable table(blocks_.size(), kColumns);
    size_t last_heading = blocks_.size();
    for (size_t i = 0; i < blocks_.size(); ++i) {
      Row row(table.Row(i));
      Own(i, row);
      Tags(i, row);
      Names(i, row);
      Place(i, row);
      Containers(i, row);
      Neighbours(i, row);
      Heading(i, last_heading, row);
      Kin(i, row);
      Said(i, row);
      VB_CHECK(row.at() == table.Row(i) + kColumns, "a row of features has its full length");
      if (around_[i].heading > 0) last_heading = i;
    }
    return table;
  }

 private:
  float LinkShare(size_t i) const { return Share(blocks_[i].link_chars, blocks_[i].chars); }

  void Own(size_t i, Row& row) const {
    const Block& block = blocks_[i];
    const WordMeasures& said = facts_.measures(i);
    for (const double value :
         {double{Log(block.words)}, double{LinkShare(i)}, double{Log(block.links)},
          double{said.commas}, double{Log(said.stops)}, double{said.ending}, double{said.first},
          double{said.capitals}, double{said.digits}, double{Share(block.bold_chars, block.chars)},
          double{Share(block.italic_chars, block.chars)}, double{said.word_chars}})
      row.Add(value);
    for (const bool flag : {said.copyright, said.separator, said.question, said.at_sign, said.clock,
                            said.quoted, said.year, block.in_time})
      row.Add(flag);
    for (int family = 1; family <= kOpeningFamilies; ++family) row.Add(facts_.opening(i) == family);
    row.Add(facts_.Repeats(i));
    row.Add(facts_.InTitle(i));
    row.Add(facts_.InDescription(i));
    row.Add(facts_.InBody(i));
  }

  void Tags(size_t i, Row& row) const {
    const Tag tag = tree_[blocks_[i].node].tag;
    for (const Tag one : {Tag::kP, Tag::kDiv, Tag::kLi, Tag::kTd, Tag::kTh, Tag::kBlockquote,
                          Tag::kFigcaption, Tag::kPre, Tag::kDd, Tag::kDt, Tag::kSection})
      row.Add(tag == one);
    row.Add(HeadingLevel(tag));
    const Ancestors& around = around_[i];
    for (const bool flag :
         {around.article, around.main, around.nav, around.aside, around.footer, around.header,
          around.form, around.figure, around.list_item, around.cell, around.quote,
          around.article_body, around.dialog, around.details, around.address, around.definition})
      row.Add(flag);
    row.Add(around.heading);
    row.Add(around.lists);
    row.Add(around.tables);
    row.Add(tree_[blocks_[i].node].depth);
  }

  void Names(size_t i, Row& row) const {
    for (const uint64_t families : {facts_.NearNames(i), facts_.FarNames(i)}) {
      for (uint32_t family = 0; family < kNameFamilies; ++family)
        row.Add((families >> family & 1u) != 0);
    }
  }

  void Place(size_t i, Row& row) const {
    const double n = static_cast<double>(blocks_.size());
    const double at = static_cast<double>(i);
    row.Add(at / n);
    row.Add(Share(words_before_[i], total_words_));
    row.Add(Share(good_before_[i], good_words_));
    row.Add(Share(good_words_ - good_before_[i], good_words_));
    row.Add(Log(n));
    row.Add(Log(total_words_));
    row.Add(Log(good_words_));
    const size_t headline = facts_.headline();
    const bool known = headline < blocks_.size();
    row.Add(known);
    row.Add(known ? at - static_cast<double>(headline) : 0);
    row.Add(known ? words_before_[i] - words_before_[headline] : 0);
    row.Add(known && i == headline);
    row.Add(std::min(at, n - 1 - at));
    // Blocks made alike.
    const Mass& alike = facts_.Template(i);
    row.Add(Log(alike.blocks));
    row.Add(Log(alike.words));
    row.Add(Share(alike.link_words, alike.words));
    row.Add(Share(alike.ended_words, alike.words));
  }

  void Containers(size_t i, Row& row) const {
    uint32_t node = blocks_[i].node;
    for (int outwards = 0; outwards < kContainers; ++outwards) {
      const Mass& mass = facts_.Of(node);
      row.Add(Log(mass.words));
      row.Add(Share(mass.link_words, mass.words));
      row.Add(Share(mass.words, facts_.page().words));
      row.Add(Log(mass.blocks));
      row.Add(Share(mass.ended_words, mass.words));
      if (tree_[node].parent != HtmlTree::kNoNode) node = tree_[node].parent;
    }
    const uint32_t best = facts_.best();
    int up = 0;  // from the block to an element that holds the best one too
    uint32_t common = blocks_[i].node;
    while (tree_[common].parent != HtmlTree::kNoNode &&
           !(common <= best && best < tree_[common].end)) {
      common = tree_[common].parent;
      ++up;
    }
    const bool within = blocks_[i].first_node >= best && blocks_[i].first_node < tree_[best].end;
    row.Add(within);
    row.Add(up);
    row.Add(static_cast<double>(tree_[best].depth) - static_cast<double>(tree_[common].depth));
    row.Add(static_cast<double>(i) - static_cast<double>(facts_.best_first_block()));
    row.Add(static_cast<double>(i) - static_cast<double>(facts_.best_last_block()));
    row.Add(Share(facts_.Of(best).words, facts_.page().words));
    const Mass& shared = facts_.Of(common);
    row.Add(Log(shared.words));
    row.Add(Share(shared.link_words, shared.words));
    row.Add(Share(shared.words, facts_.page().words));
    row.Add(Log(shared.blocks));
    row.Add(tree_[common].depth);
  }

  void Neighbours(size_t i, Row& row) const {
    for (int step = -kNeighbours; step <= kNeighbours; ++step) {
      if (step == 0) continue;
      const int64_t at = static_cast<int64_t>(i) + step;
      if (at < 0 || at >= static_cast<int64_t>(blocks_.size())) {
        for (int k = 0; k < 7; ++k) row.Add(-1);
        continue;
      }
      const auto other = static_cast<size_t>(at);
      row.Add(Log(blocks_[other].words));
      row.Add(LinkShare(other));
      row.Add(facts_.measures(other).ending);
      row.Add(tree_[blocks_[other].node].parent == tree_[blocks_[i].node].parent);
      row.Add(tree_[blocks_[other].node].tag == tree_[blocks_[i].node].tag);
      row.Add(around_[other].heading);
      row.Add(facts_.opening(other));
    }
  }

  void Heading(size_t i, size_t last_heading, Row& row) const {
    const bool known = last_heading < blocks_.size();
    row.Add(known ? static_cast<double>(i - last_heading) : -1);
    row.Add(known ? facts_.opening(last_heading) : -1);
    row.Add(known ? around_[last_heading].heading : -1);
    row.Add(known ? Log(blocks_[last_heading].words) : -1);
    row.Add(known && last_heading == facts_.headline());
    row.Add(known && facts_.measures(last_heading).question);
  }

  // Elements beside one another made alike are a list, whatever their tags: teasers, comments. A
  // page of several articles shows one of them.
  void Kin(size_t i, Row& row) const {
    uint32_t most = 0;
    uint32_t article = HtmlTree::kNoNode;
    int level = 0;
    for (uint32_t node = blocks_[i].node; node != HtmlTree::kNoNode; node = tree_[node].parent) {
      if (level > 0) most = std::max(most, facts_.Brothers(node));
      if (level++ < kKinLevels) row.Add(Log(facts_.Brothers(node)));
      if (article == HtmlTree::kNoNode && tree_[node].tag == Tag::kArticle) article = node;
    }
    for (; level < kKinLevels; ++level) row.Add(-1);
    row.Add(Log(most));
    row.Add(Log(facts_.articles()));
    const bool within = article != HtmlTree::kNoNode;
    row.Add(within ? facts_.ArticleNumber(article) : -1);
    row.Add(within ? Share(facts_.Of(article).words, facts_.page().words) : -1);
    const size_t headline = facts_.headline();
    row.Add(within && headline < blocks_.size() && blocks_[headline].first_node >= article &&
            blocks_[headline].first_node < tree_[article].end);
  }

  // What its words speak of, wherever they stand in it.
  void Said(size_t i, Row& row) const {
    const std::array<uint16_t, kWordFamilies> counts = CountFamilies(blocks_[i].text);
    for (const uint16_t count : counts) row.Add(std::min<int>(count, kFamilyWordsMax));
    const double words = blocks_[i].words;
    for (const size_t family : {size_t{0}, size_t{1}, size_t{12}, kWordFamilies - 1})
      row.Add(Share(counts[family], words));
  }

  const PageFacts& facts_;
  const HtmlTree& tree_;
  const std::vector<Block>& blocks_;
  std::vector<Ancestors> around_;
  std::vector<double> words_before_;
  std::vector<double> good_before_;
  double total_words_ = 0;
  double good_words_ = 0;
};

}  // namespace

FeatureTable BlockFeatures(const PageFacts& facts) { return Featurer(facts).Run(); }

}  // namespace verbatim::ingest
