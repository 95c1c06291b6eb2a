// SPDX-License-Identifier: Apache-2.0
// What is worked out once about two revisions, and used for every anchor on the older one.
#ifndef VERBATIM_CORE_ANCHOR_MAPPING_H_
#define VERBATIM_CORE_ANCHOR_MAPPING_H_

#include <memory>
#include <vector>

#include "core/anchor/anchor.h"
#include "verbatim/text/align.h"
#include "verbatim/text/diff.h"
#include "verbatim/text/utf8.h"

namespace verbatim::anchor {

// How the text of one revision became that of another: compared when first asked, then kept.
// Borrows both. One thread at a time.
class Mapping {
 public:
  Mapping(const RevisionText& from, const RevisionText& to);
  ~Mapping();
  Mapping(const Mapping&) = delete;
  Mapping& operator=(const Mapping&) = delete;

  const RevisionText& from() const { return from_; }
  const RevisionText& to() const { return to_; }
  bool same_text() const { return same_text_; }

  // Where a place of the old text is in the new one, by the words around it.
  uint32_t Follow(uint32_t from_byte) const;

  struct Sentences {
    std::vector<text::Range> from;
    std::vector<text::Range> to;
    std::vector<text::SentencePair> pairs;  // in order of a, then b
  };
  const Sentences& sentences() const;

 private:
  const RevisionText& from_;
  const RevisionText& to_;
  bool same_text_;
  mutable std::unique_ptr<std::vector<text::DiffOp>> words_;
  mutable std::unique_ptr<Sentences> sentences_;
};

}  // namespace verbatim::anchor

#endif  // VERBATIM_CORE_ANCHOR_MAPPING_H_
