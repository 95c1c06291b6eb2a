// SPDX-License-Identifier: Apache-2.0
#include "core/ingest/blocks.h"

#include <algorithm>

#include "verbatim/text/chars.h"
#include "verbatim/text/utf8.h"

namespace verbatim::ingest {
namespace {

// Of what TrimHtml leaves in a page.
bool IsNeverShown(Tag tag) {
  switch (tag) {
    case Tag::kHead:
    case Tag::kSelect:
    case Tag::kButton:
    case Tag::kAudio:
    case Tag::kVideo:
    case Tag::kObject:
    case Tag::kTitle:
      return true;
    default:
      return false;
  }
}

bool IsHidden(const HtmlTree& tree, uint32_t node) {
  const HtmlTree::Node& at = tree[node];
  if (at.first == at.last) return false;
  if (tree.Has(node, AttrName::kHidden)) return true;
  // Letters set apart for show are hidden from readers-aloud in spans; whole blocks are hidden for
  // a reason.
  if (at.tag != Tag::kSpan && tree.Attr(node, AttrName::kAriaHidden) == "true") return true;
  // TrimHtml keeps the styles that hide.
  return tree.Has(node, AttrName::kStyle);
}

// A run of so many bytes, outside of links, is a piece of running text.
constexpr uint32_t kRunningBytesMin = 60;

// More running text is hidden than shown: sections that open at a touch, a page that a script
// unveils. Then what is hidden is no sign of what is furniture.
bool HidesMostOfItsText(const HtmlTree& tree) {
  uint64_t shown = 0;
  uint64_t hidden = 0;
  uint32_t passed_end = 0;  // of a link, or what is never shown
  uint32_t hidden_end = 0;
  for (uint32_t i = 0; i < tree.size(); ++i) {
    const HtmlTree::Node& node = tree[i];
    if (node.tag == Tag::kText) {
      const uint64_t bytes = node.last - node.first;
      if (i >= passed_end && bytes >= kRunningBytesMin) (i < hidden_end ? hidden : shown) += bytes;
    } else if (node.tag == Tag::kA || IsNeverShown(node.tag)) {
      passed_end = std::max(passed_end, node.end);
    } else if (i >= hidden_end && IsHidden(tree, i)) {
      hidden_end = node.end;
    }
  }
  return hidden > shown;
}

uint32_t CountShown(std::string_view text) {
  uint32_t shown = 0;
  for (const char c : text) shown += text::IsLeadByte(c) && static_cast<unsigned char>(c) > ' ';
  return shown;
}

class BlockMaker {
 public:
  explicit BlockMaker(const HtmlTree& tree) : tree_(tree), hidden_too_(HidesMostOfItsText(tree)) {
    before_.reserve(tree.size() + 1);
    uint64_t bytes = 0;
    for (uint32_t i = 0; i < tree.size(); ++i) {
      before_.push_back(bytes);
      if (tree[i].tag == Tag::kText) bytes += tree[i].last - tree[i].first;
    }
    before_.push_back(bytes);
  }

  std::vector<Block> Run() {
    for (uint32_t i = 0; i < tree_.size(); ++i) {
      while (!open_.empty() && open_.back().end <= i) Leave();
      const HtmlTree::Node& node = tree_[i];
      if (node.tag == Tag::kText) {
        Take(i);
      } else if (IsLeftOut(i)) {
        if (IsBlockTag(node.tag) && node.tag != Tag::kButton) Flush();
        i = node.end - 1;
      } else {
        Enter(i);
      }
    }
    while (!open_.empty()) Leave();
    Flush();
    return std::move(blocks_);
  }

 private:
  struct Open {
    uint32_t node;
    uint32_t end;
    Tag tag;
  };

  // A button that was never closed, a page that a script shows when it has loaded: what holds most
  // of the text was meant to be read.
  bool IsMostOfThePage(uint32_t i) const {
    return 2 * (before_[tree_[i].end] - before_[i]) > before_.back();
  }

  bool IsLeftOut(uint32_t i) const {
    const bool hidden = !hidden_too_ && IsHidden(tree_, i);
    return (hidden || IsNeverShown(tree_[i].tag)) && !IsMostOfThePage(i);
  }

  void Enter(uint32_t i) {
    const HtmlTree::Node& node = tree_[i];
    if (node.tag == Tag::kBr) {
      if (++breaks_ > 1) Flush();
      raw_ += ' ';
      return;
    }
    if (IsBlockTag(node.tag)) Flush();
    Count(node.tag, 1);
    if (node.tag == Tag::kA) ++now_.links;
    now_.in_time |= node.tag == Tag::kTime;
    open_.push_back({i, node.end, node.tag});
  }

  void Leave() {
    const Open left = open_.back();
    if (IsBlockTag(left.tag)) Flush();
    Count(left.tag, -1);
    open_.pop_back();
  }

  void Count(Tag tag, int change) {
    if (tag == Tag::kA) link_ += change;
    if (tag == Tag::kB || tag == Tag::kStrong) bold_ += change;
    if (tag == Tag::kI || tag == Tag::kEm) italic_ += change;
  }

  void Take(uint32_t i) {
    const std::string_view text = tree_.Text(i);
    const uint32_t shown = CountShown(text);
    raw_ += text;
    if (shown == 0) return;
    breaks_ = 0;
    if (now_.chars == 0) {
      now_.first_node = i;
      now_.node = Container();
    }
    now_.chars += shown;
    if (link_ > 0) now_.link_chars += shown;
    if (bold_ > 0) now_.bold_chars += shown;
    if (italic_ > 0) now_.italic_chars += shown;
  }

  uint32_t Container() const {
    for (size_t i = open_.size(); i-- > 0;) {
      if (IsBlockTag(open_[i].tag)) return open_[i].node;
    }
    return 0;
  }

  void Flush() {
    if (now_.chars > 0) {
      now_.text = FoldBlanks(raw_);
      now_.words = CountWords(now_.text);
      if (!now_.text.empty()) blocks_.push_back(std::move(now_));
    }
    now_ = Block();
    raw_.clear();
    breaks_ = 0;
  }

  const HtmlTree& tree_;
  const bool hidden_too_;
  std::vector<uint64_t> before_;  // bytes of text before each node, and at last of all
  std::vector<Block> blocks_;
  std::vector<Open> open_;
  Block now_;
  std::string raw_;
  int link_ = 0;
  int bold_ = 0;
  int italic_ = 0;
  int breaks_ = 0;
};

}  // namespace

std::vector<Block> BlocksOf(const HtmlTree& tree) { return BlockMaker(tree).Run(); }

std::pair<size_t, size_t> BlocksAround(const std::vector<Block>& blocks, size_t middle,
                                       size_t before, size_t behind) {
  const size_t around = middle < blocks.size() ? middle : 0;
  return {around > before ? around - before : 0, std::min(blocks.size(), around + behind)};
}

uint32_t CountWords(std::string_view text) {
  uint32_t words = 0;
  uint32_t ideographs = 0;
  bool within = false;
  for (size_t i = 0; i < text.size();) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte < 0x80) {
      const bool part =
          (byte >= '0' && byte <= '9') || ((byte | 0x20u) >= 'a' && (byte | 0x20u) <= 'z');
      words += part && !within;
      within = part;
      ++i;
      continue;
    }
    const text::Decoded decoded = text::DecodeAt(text, i);
    i += decoded.size;
    if (text::IsIdeograph(decoded.code_point)) {
      ++ideographs;
      within = false;
      continue;
    }
    const bool part = text::IsLetter(decoded.code_point);
    words += part && !within;
    within = part;
  }
  return words + (ideographs + 1) / 2;
}

}  // namespace verbatim::ingest
