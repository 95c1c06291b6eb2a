// SPDX-License-Identifier: Apache-2.0
// A page as a tree, flat in memory: nodes in document order, each with the end of its subtree, so
// that walking is counting. Built by libxml2's HTML parser from trimmed bytes.
//
//   const HtmlTree tree = HtmlTree::Parse(TrimHtml(page));
//   for (uint32_t i = 0; i < tree.size(); ++i)
//     if (tree[i].tag == Tag::kTitle) Print(tree.InnerText(i));
#ifndef VERBATIM_CORE_INGEST_HTML_TREE_H_
#define VERBATIM_CORE_INGEST_HTML_TREE_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/ingest/html_names.h"
#include "core/ingest/html_trim.h"

namespace verbatim::ingest {

class HtmlTree {
 public:
  static constexpr uint32_t kNoNode = 0xFFFFFFFF;

  struct Node {
    Tag tag = Tag::kOther;
    uint16_t depth = 0;
    uint32_t parent = kNoNode;
    uint32_t end = 0;    // one beyond its last descendant
    uint32_t first = 0;  // of a text: its bytes; of an element: its attributes
    uint32_t last = 0;
  };

  // Never fails: what no browser could read comes out as few nodes.
  static HtmlTree Parse(const TrimmedHtml& trimmed);

  uint32_t size() const { return static_cast<uint32_t>(nodes_.size()); }
  const Node& operator[](uint32_t node) const { return nodes_[node]; }

  // The value of an attribute; empty when it isn't there. Borrows from the tree.
  std::string_view Attr(uint32_t node, AttrName name) const;
  bool Has(uint32_t node, AttrName name) const;
  // The characters of a text node. Borrows from the tree.
  std::string_view Text(uint32_t node) const;
  // All text below a node, blanks folded.
  std::string InnerText(uint32_t node) const;

 private:
  friend class HtmlTreeBuilder;
  struct Attribute {
    AttrName name;
    uint32_t begin;
    uint32_t end;
  };
  std::vector<Node> nodes_;
  std::vector<Attribute> attributes_;
  std::string text_;  // of text nodes and attributes
};

// Runs of blanks (no-break spaces too) to one space, none at either end; soft hyphens and
// zero-width spaces dropped.
std::string FoldBlanks(std::string_view text);

}  // namespace verbatim::ingest

#endif  // VERBATIM_CORE_INGEST_HTML_TREE_H_
