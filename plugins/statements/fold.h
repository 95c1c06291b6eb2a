// SPDX-License-Identifier: Apache-2.0
// The fold of quotations into statements: places each one among those that are there, and makes the
// comparisons beside it anew. Everything stands in the tables; the fold caches only what it can
// read from them again, so that any fold over the same tables goes on alike.
//
// The same calls in the same order give the same rows. Within a thread statements stand by date,
// whatever the order of the calls. While a side is small its threads are those of a placing by
// date: what was said before others that are there places those anew. Later threads and matters
// keep the ids that their founders gave them.
#ifndef VERBATIM_PLUGINS_STATEMENTS_FOLD_H_
#define VERBATIM_PLUGINS_STATEMENTS_FOLD_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "neighbourhood.h"
#include "rows.h"
#include "stories.h"
#include "tables.h"
#include "terms.h"
#include "verbatim/text/utf8.h"

namespace verbatim::statements {

class Fold {
 public:
  using Resolve = std::function<Identity(std::string_view speaker_key)>;

  // Members kept in memory before the cache is emptied.
  static constexpr size_t kCachedMembersMax = 200000;

  // A side of several speakers and so many statements or less is placed by date. Beyond, words
  // weigh about what they will, a newcomer goes where it belongs, and what stands there stays.
  static constexpr size_t kSmallSideMax = 48;

  // `tables` outlive the fold.
  explicit Fold(Tables tables) : tables_(tables), stories_(tables.articles) {}

  // A quotation is new, or is now as given. Without a speaker or a word it leaves the threads, as
  // in Remove. One that keeps speaker and text keeps its thread.
  void Put(const Quotation& quotation, uint64_t sequence, const Resolve& resolve);

  // It is rejected, retracted, orphaned. Does nothing when it isn't there. Where other articles of
  // its story print the same words, the next of them stands for the report.
  void Remove(std::string_view article, std::string_view annotation);

  // Two articles print one story, whole or in part: what both quote in the same words of the same
  // speaker is one report.
  void Link(const std::string& article, const std::string& other, const Resolve& resolve);

  // People decided anew who is who: what `keys`, as quotations carry them, stand for has changed.
  // Those under another key now are taken out and placed again, in the order in which they first
  // came; the others take the name.
  void ResolveAnew(const std::vector<std::string>& keys, const Resolve& resolve);

 private:
  // A segment of the quotation that is being placed.
  struct Segment {
    text::Range range;
    Terms terms;
    std::string thread;
    std::string matter;
    uint32_t number = 0;  // within the quotation
    bool founds = false;  // its thread
  };

  Neighbourhood& Load(const std::string& side);
  std::string SideOf(const Quotation& quotation, const std::string& speaker_key);
  void Move(const std::string& speaker_key, const std::string& from, const std::string& to);
  void MoveCached(const std::string& from, const std::string& key, const std::string& to,
                  const std::string& new_key, const Member& member);
  void Place(const Quotation& quotation, uint64_t sequence, const Identity& speaker);
  void Stand(Source source);
  std::string SideKnown(const std::string& speaker_key) const;
  void TakeOut(Source* source);
  void Seat(const std::string& side, Source source);
  void Settle(const std::string& side, std::vector<Source> sources);
  std::vector<Source> SmallSide(const std::string& side);
  std::vector<Source> ToSettleWith(const Source& source, const std::string& side);
  void ShowReport(const Report& report);
  void ShowRows(Source* source, const Quotation& quotation, const Report& report);
  std::optional<Report> ReportOf(const Source& source) const;
  std::vector<Source> SourcesOf(const std::vector<std::string>& articles) const;
  std::vector<Segment> Choose(const Quotation& quotation, const std::string& speaker_key,
                              Neighbourhood* side);
  bool IsFree(const std::string& thread) const;
  std::string NewId(const std::string& annotation, const std::vector<Segment>& own) const;
  void Keep(const Segment& segment, const std::string& side, Statement statement, Source* source);
  void Refresh(Source source, const Quotation& quotation, const Identity& speaker);

  Tables tables_;
  Stories stories_;
  std::unordered_map<std::string, Neighbourhood> sides_;
  size_t cached_ = 0;
};

}  // namespace verbatim::statements

#endif  // VERBATIM_PLUGINS_STATEMENTS_FOLD_H_
