// SPDX-License-Identifier: Apache-2.0
// What goes into the fold and what its tables hold, as plain structs: the adapter (view.cc) turns
// them into protobuf messages, tests keep them in maps. Ids are 16 raw bytes.
#ifndef VERBATIM_PLUGINS_STATEMENTS_ROWS_H_
#define VERBATIM_PLUGINS_STATEMENTS_ROWS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "terms.h"

namespace verbatim::statements {

// As verbatim.v1.Quote.SaidOn.
enum class Basis : uint8_t { kUnspecified, kStated, kInferred, kArticleDate, kUnknown };

// As verbatim.v1.Quote.Kind.
enum class QuoteKind : uint8_t { kUnspecified, kDirect, kMixed, kIndirect };

// As verbatim.statements.v1.Statement.Relation.
enum class Relation : uint8_t {
  kNone,
  kSameUtterance,
  kSameEvent,
  kLaterRestatement,
  kDifferentEvent
};

// One quotation as it stands in the archive now.
struct Quotation {
  std::string annotation;
  std::string article;
  std::string text;         // its spans, as JoinSpans puts them together
  uint32_t begin_byte = 0;  // of its first span
  QuoteKind kind = QuoteKind::kUnspecified;
  std::string speaker;      // to show
  std::string speaker_key;  // as the quotation carries it, before people's decisions on speakers
  std::string side;         // that its article gives the speaker; empty: none
  std::string utterance;    // name of the saying within the article; may be empty
  std::string said_on;      // a day; empty: undated
  Basis basis = Basis::kUnknown;
  uint32_t status = 0;  // verbatim.v1.AnnotationStatus
  std::string title;
  std::string outlet;
  std::string story;  // that its article prints with others; empty: none
};

// A statement: a quotation, or the run of its sentences that belongs to one thread.
struct Statement {
  std::string matter;
  std::string thread;
  std::string topic;
  uint32_t segment = 0;  // number of its first segment within the quotation
  Quotation quotation;   // with `text` cut to this statement, and speaker_key resolved

  // Of this statement and the one before it in its thread.
  Relation relation = Relation::kNone;
  std::string previous;  // annotation; empty: the first of its thread
  uint32_t previous_segment = 0;
  std::string utterance;  // annotation that reports this saying first
  std::vector<std::string> labels;
  std::vector<std::string> label_evidence;  // "strength: may -> will"
  std::vector<std::string> variant;  // what differs between two reports: hedge, negation, amount
  std::string diff;                  // [-old-] {+new+}
  uint32_t similarity = 0;           // 0 to 1000
  int32_t days_between = -1;         // -1: not known

  // The articles that print this very report; the lists are empty when it is this one alone.
  uint32_t sources = 1;
  std::vector<std::string> printed_by;  // outlets, else titles
  std::vector<std::string> printed_in;  // articles
  std::vector<std::string> copies;      // annotations
};

// What the fold keeps of a live quotation, to take it out again or place it anew.
struct Source {
  struct Place {
    uint32_t segment = 0;
    std::string key;         // of the row in `statements`
    std::string member_key;  // of the row in `members`
  };
  Quotation quotation;        // as it came
  std::string speaker_key;    // what its key stood for when it was placed
  uint64_t placed = 0;        // sequence at which it first came
  std::vector<Place> places;  // none: a copy, named in another one's rows
  std::string speaker_name;   // as people decided; empty: as the quotation has it
  std::string report;  // key of the report that it is one of; empty: its article is in no story
};

// The same words of one speaker in the articles of one story. The first copy stands in the view.
struct Report {
  struct Copy {
    std::string article;
    std::string annotation;
    std::string outlet;
    std::string title;
    std::string said_on;
    Basis basis = Basis::kUnknown;
    uint64_t placed = 0;
  };
  std::vector<Copy> copies;
};

// An article that prints a story with others.
struct Article {
  std::string story;  // id of an article of it
  std::string next;   // the articles of a story form a ring
  uint32_t size = 0;  // of the story; kept at the article that names it
};

// A statement as likeness sees it. The key begins with side and speaker.
struct Member {
  std::string speaker_key;  // resolved
  std::string article;
  std::string annotation;
  std::string thread;
  std::string matter;
  std::vector<Term> terms;
};

struct Thread {
  std::string matter;
  std::string topic;  // of the matter, when this thread founded it
};

struct Speaker {
  std::string side;  // the first that an article gave
};

// Who a quotation's key stands for by people's decisions.
struct Identity {
  std::string key;
  std::string name;  // empty: as the quotation has it
};

}  // namespace verbatim::statements

#endif  // VERBATIM_PLUGINS_STATEMENTS_ROWS_H_
