// SPDX-License-Identifier: Apache-2.0
// From an annotation in a file to one in an article: its place in the latest text, its body with
// its own places moved along, and what this archive already says there. Pure: nothing is appended.
//
//   Placer placer(state, found_article, registry);
//   VB_ASSIGN_OR_RETURN(Place place, placer.Find(found));      // kNotFound: no such words here
//   Met met = Meet(state, found, place.anchor, ...);
#ifndef VERBATIM_CORE_EXCHANGE_PLACING_H_
#define VERBATIM_CORE_EXCHANGE_PLACING_H_

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/anchor/reanchor.h"
#include "core/article/article_state.h"
#include "core/base/status.h"
#include "core/exchange/found.h"
#include "core/schema/registry.h"

namespace verbatim::exchange {

// How a text that annotations were made on became the latest one. Borrows the latest.
class Passage {
 public:
  Passage(const article::ArticleState& state, std::string text, const anchor::RevisionText& latest);
  Passage(const Passage&) = delete;
  Passage& operator=(const Passage&) = delete;
  const anchor::RevisionText& from() const { return from_; }
  const anchor::Mapping& mapping() const { return mapping_; }

 private:
  std::string text_;
  text::CharMap chars_;
  anchor::RevisionText from_;
  anchor::Mapping mapping_;
};

struct Place {
  v1::Anchor anchor;  // on the latest revision
  // Where it was found on another text: that text, the anchor there, and how it moved.
  const Passage* passage = nullptr;
  v1::Anchor from = {};
  anchor::Reanchored moved = {};
};

class Placer {
 public:
  // Borrows all three. The article has a text.
  Placer(const article::ArticleState& state, const FoundArticle& article,
         const schema::Registry& registry);

  // By words and what stands around them, positions settle what is equal; on the file's own text,
  // or the revision that it names, where there is one, and from there to the latest. kNotFound says
  // why there is no place; kInvalidArgument: the file contradicts itself.
  absl::StatusOr<Place> Find(const Found& found);

  // The body at its place. `base`: what the annotation says here, for what the file leaves unsaid;
  // may be null. `found.type` is a full name. kInvalidArgument names the field that is wrong.
  absl::StatusOr<v1::TypedBody> BodyOf(const Found& found, const Place& place,
                                       const v1::TypedBody* base) const;

  // The body of one that has no place: its own places stay as the file counts them.
  absl::StatusOr<v1::TypedBody> BodyAsFound(const Found& found) const;

 private:
  const Passage* PassageFrom(const Found& found);
  std::optional<text::Span> Move(const text::Span& span, const Place& place) const;

  const article::ArticleState& state_;
  const FoundArticle& article_;
  const schema::Registry& registry_;
  anchor::RevisionText latest_;
  std::unique_ptr<Passage> own_;                          // from the file's text
  std::map<uint32_t, std::unique_ptr<Passage>> earlier_;  // from a revision
};

// The annotation here that a found one speaks of: the one that it was, else one of its type at its
// place, a live one first. Null: none, it is new.
article::AnnotationPtr Meet(const article::ArticleState& state, const Found& found,
                            const v1::Anchor& anchor);

// What it is to this archive that a file says `body` at `anchor` of that annotation.
enum class News {
  kCorrection,  // another value than it ever had
  kSame,        // what it says now
  kHadOnce,     // what it said before something was decided since
  kGone,        // people here have decided that it isn't there
};
News NewsOf(const article::AnnotationState& annotation, const v1::Anchor& anchor,
            const v1::TypedBody& body, const schema::Registry& registry);

}  // namespace verbatim::exchange

#endif  // VERBATIM_CORE_EXCHANGE_PLACING_H_
