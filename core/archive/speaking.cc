// SPDX-License-Identifier: Apache-2.0
#include "core/archive/speaking.h"

#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "core/archive/views.h"
#include "core/base/hex.h"
#include "core/base/ids.h"
#include "core/base/limits.h"
#include "core/base/sha256.h"
#include "core/schema/fields.h"
#include "core/view/query.h"
#include "verbatim/text/fold.h"
#include "verbatim/text/names.h"

namespace verbatim::archive {
namespace {

using Kind = SpeakerDecision::Kind;

std::string FieldOf(const schema::Message& row, std::string_view name) {
  const auto path = schema::FindField(*row.GetDescriptor(), name);
  return path.ok() ? schema::TextAt(row, *path) : "";
}

// Rows of the view by the key that they are shown under.
absl::Status CountQuotations(Archive& archive, std::map<std::string, Speaker>* speakers) {
  const auto opened = Views(archive).Open("quotes");
  if (absl::IsNotFound(opened.status())) return absl::OkStatus();  // its plugin was removed
  VB_RETURN_IF_ERROR(opened.status());
  schema::Registry registry;
  VB_ASSIGN_OR_RETURN(const view::Answer answer, view::Ask(*opened->generation, registry, {}));
  for (const view::AnsweredRow& row : answer.rows) {
    const std::string key = FieldOf(*row.message, "speaker_key");
    if (key.empty()) continue;
    Speaker& speaker = (*speakers)[key];
    ++speaker.quotations;
    ++speaker.printed[FieldOf(*row.message, "speaker_in_article")];
  }
  return absl::OkStatus();
}

std::string MostPrinted(const Speaker& speaker) {
  const auto most =
      std::max_element(speaker.printed.begin(), speaker.printed.end(),
                       [](const auto& a, const auto& b) { return a.second < b.second; });
  return most == speaker.printed.end() ? speaker.key : most->first;
}

bool HasLastName(const Speaker& speaker, std::string_view name) {
  return std::any_of(speaker.printed.begin(), speaker.printed.end(), [&](const auto& printed) {
    return text::EqualFolded(text::LastName(printed.first), name);
  });
}

// Makes the events of one unit, each seeing the ones before.
class Deciding {
 public:
  Deciding(const Speakers& speakers, const article::EventMaker& person)
      : speakers_(speakers), book_(speakers.book()), person_(person) {}

  absl::Status Take(const SpeakerDecision& decision) {
    VB_ASSIGN_OR_RETURN(const std::string key, KeyOf(decision));
    const std::string name = decision.kind == Kind::kSplit ? "" : NameFor(decision, key);
    switch (decision.kind) {
      case Kind::kAlias:
        return Alias(decision, key, name);
      case Kind::kMerge:
        return Merge(decision, key, name);
      case Kind::kSplit:
        break;
    }
    return Split(decision, key);
  }

  std::vector<log::NewEvent> Events() { return std::move(events_); }

 private:
  absl::StatusOr<std::string> KeyOf(const SpeakerDecision& decision) const {
    const auto found = speakers_.Find(decision.speaker);
    if (found.ok()) return book_.Resolve((*found)->key);
    const std::string key = book_.Resolve(text::NameKey(decision.speaker));
    if (!decision.may_be_new || !absl::IsNotFound(found.status()) || key.empty()) {
      return found.status();
    }
    return key;
  }

  // As asked for, as decided before, as typed, as printed.
  std::string NameFor(const SpeakerDecision& decision, const std::string& key) const {
    if (!decision.name.empty()) return decision.name;
    if (std::string decided = book_.NameOf(key); !decided.empty()) return decided;
    const auto found = speakers_.Find(key);
    const bool printed = found.ok() && !(*found)->printed.empty();
    const bool typed = decision.speaker != key && text::NameKey(decision.speaker) == key;
    return typed || !printed ? decision.speaker : (*found)->name;
  }

  absl::Status Alias(const SpeakerDecision& decision, const std::string& key,
                     const std::string& name) {
    for (const std::string& alias : decision.others) {
      v1::SpeakerAliased event;
      event.set_speaker_key(key);
      event.set_name(name);
      event.set_alias(alias);
      event.set_alias_key(text::NameKey(alias));
      event.set_reason(decision.reason);
      if (event.alias_key().empty()) {
        return absl::InvalidArgumentError(absl::StrCat("'", alias, "' is no name"));
      }
      VB_RETURN_IF_ERROR(Push(key, event));
    }
    return absl::OkStatus();
  }

  absl::Status Merge(const SpeakerDecision& decision, const std::string& key,
                     const std::string& name) {
    v1::SpeakersMerged event;
    event.set_speaker_key(key);
    event.set_name(name);
    event.set_reason(decision.reason);
    for (const std::string& other : decision.others) {
      VB_ASSIGN_OR_RETURN(const Speaker* const found, speakers_.Find(other));
      const std::string other_key = book_.Resolve(found->key);
      if (other_key != key) event.add_merged(other_key);
    }
    if (event.merged().empty() && book_.NameOf(key) == name) {
      return absl::InvalidArgumentError(
          absl::StrCat("they are one speaker already: ", name, " (", key, ")"));
    }
    return Push(key, event);
  }

  absl::Status Split(const SpeakerDecision& decision, const std::string& key) {
    v1::SpeakerSplit event;
    event.set_speaker_key(key);
    event.set_reason(decision.reason);
    for (const std::string& other : decision.others) {
      const std::string own = book_.IsMerged(other) ? other : text::NameKey(other);
      if (!book_.IsMerged(own) || book_.Resolve(own) != key) {
        const std::string merged = absl::StrJoin(book_.MergedInto(key), ", ");
        return absl::InvalidArgumentError(
            absl::StrCat("'", other, "' was not merged into ", key,
                         merged.empty() ? ", and nobody was" : "; what was: ", merged));
      }
      event.add_separated(own);
    }
    return Push(key, event);
  }

  template <class Event>
  absl::Status Push(const std::string& key, const Event& event) {
    VB_ASSIGN_OR_RETURN(log::NewEvent made, person_.Make(SpeakerStream(key), event));
    events_.push_back(std::move(made));
    book_.Apply(event);
    return absl::OkStatus();
  }

  const Speakers& speakers_;
  audit::SpeakerBook book_;
  const article::EventMaker& person_;
  std::vector<log::NewEvent> events_;
};

}  // namespace

absl::StatusOr<Speakers> Speakers::Read(Archive& archive) {
  Speakers speakers;
  std::map<std::string, Speaker> by_key;
  VB_RETURN_IF_ERROR(CountQuotations(archive, &by_key));
  VB_ASSIGN_OR_RETURN(const log::Snapshot snapshot, archive.log().Read());
  VB_ASSIGN_OR_RETURN(speakers.book_, audit::SpeakerBook::Read(snapshot));
  for (const std::string& root : speakers.book_.Roots()) by_key.try_emplace(root);
  for (auto& [key, speaker] : by_key) {
    speaker.key = key;
    speaker.name = speakers.book_.NameOf(key);
    if (speaker.name.empty()) speaker.name = MostPrinted(speaker);
    speaker.merged = speakers.book_.MergedInto(key);
    speaker.aliases = speakers.book_.AliasesOf(key);
    speakers.all_.push_back(std::move(speaker));
  }
  std::stable_sort(speakers.all_.begin(), speakers.all_.end(),
                   [](const Speaker& a, const Speaker& b) { return a.quotations > b.quotations; });
  return speakers;
}

absl::StatusOr<const Speaker*> Speakers::Find(std::string_view name) const {
  const std::string as_key = book_.Resolve(name);
  const std::string folded = book_.Resolve(text::NameKey(name));
  for (const std::string& key : {as_key, folded}) {
    for (const Speaker& speaker : all_) {
      if (speaker.key == key) return &speaker;
    }
  }
  std::vector<const Speaker*> meant;
  std::vector<std::string> names;
  for (const Speaker& speaker : all_) {
    if (HasLastName(speaker, name)) meant.push_back(&speaker);
    names.push_back(speaker.name);
  }
  if (meant.size() == 1) return meant[0];
  if (meant.empty()) {
    const auto nearest = schema::Nearest(name, names);
    return absl::NotFoundError(
        absl::StrCat("nobody is quoted under the name '", std::string(name), "'",
                     nearest ? absl::StrCat(": did you mean ", *nearest, "?")
                             : std::string(": 'verbatim speaker list' shows who is")));
  }
  return absl::InvalidArgumentError(absl::StrCat(
      "'", std::string(name), "' may be ",
      absl::StrJoin(meant, ", ", [](std::string* out, const Speaker* s) { out->append(s->name); }),
      ": write the whole name"));
}

std::string SpeakerStream(std::string_view key) {
  return std::string(kSpeakerStreams) +
         base::ToHex(base::ToString(base::Sha256(key)).substr(0, base::kIdBytes));
}

absl::StatusOr<std::vector<uint64_t>> DecideOnSpeakers(
    Archive& archive, const std::vector<SpeakerDecision>& decisions, const v1::Actor& person) {
  const article::EventMaker maker = archive.Events().As(person);
  for (uint32_t attempt = 0; attempt < limits::kConflictRetriesMax; ++attempt) {
    VB_ASSIGN_OR_RETURN(const Speakers speakers, Speakers::Read(archive));
    Deciding deciding(speakers, maker);
    for (const SpeakerDecision& decision : decisions) {
      VB_RETURN_IF_ERROR(deciding.Take(decision));
    }
    log::Unit unit;
    unit.events = deciding.Events();
    std::set<std::string> streams;
    for (const log::NewEvent& event : unit.events) streams.insert(event.stream);
    {
      VB_ASSIGN_OR_RETURN(const log::Snapshot snapshot, archive.log().Read());
      for (const std::string& stream : streams) {
        VB_ASSIGN_OR_RETURN(const auto seen, snapshot.StreamVersion(stream));
        unit.expects.push_back(log::Expect::Seen(stream, seen));
      }
    }
    auto sequences = archive.log().Append(std::move(unit));
    if (!absl::IsAborted(sequences.status())) return sequences;
  }
  return absl::AbortedError("others keep deciding on these speakers: try again");
}

absl::StatusOr<std::vector<SpeakerDecision>> ParseSpeakerTable(std::string_view table,
                                                               std::string_view file) {
  std::vector<SpeakerDecision> decisions;
  size_t number = 0;
  for (const absl::string_view line :
       absl::StrSplit(absl::string_view(table.data(), table.size()), '\n')) {
    ++number;
    const std::vector<std::string> cells = absl::StrSplit(line, '\t', absl::SkipWhitespace());
    if (cells.empty() || cells[0][0] == '#') continue;
    SpeakerDecision decision{.kind = Kind::kAlias, .speaker = cells[0], .others = {}};
    decision.others.assign(cells.begin() + 1, cells.end());
    decision.name = cells[0];
    decision.may_be_new = true;
    if (decision.others.empty() || text::NameKey(cells[0]).empty()) {
      return absl::InvalidArgumentError(
          absl::StrCat(std::string(file), ", line ", number,
                       ": a name, a tab, and at least one other spelling are wanted"));
    }
    decisions.push_back(std::move(decision));
  }
  return decisions;
}

namespace {

// Before a decision on speakers, and now.
struct Around {
  audit::SpeakerBook before;
  audit::SpeakerBook now;
};

template <class Event>
absl::Status Push(std::string_view stream, std::string_view reason, Event event,
                  const article::EventMaker& person, std::vector<log::NewEvent>* events) {
  event.set_reason(std::string(reason));
  VB_ASSIGN_OR_RETURN(log::NewEvent made, person.Make(stream, event));
  events->push_back(std::move(made));
  return absl::OkStatus();
}

// What a split parted and nobody has joined since.
v1::SpeakersMerged InverseOf(const v1::SpeakerSplit& split, const Around& around) {
  v1::SpeakersMerged merged;
  merged.set_speaker_key(split.speaker_key());
  for (const std::string& other : split.separated()) {
    if (!around.now.IsMerged(other)) merged.add_merged(other);
  }
  return merged;
}

// What a decision really joined, and what still stands so.
v1::SpeakerSplit InverseOf(const std::string& root, const std::vector<std::string>& joined,
                           const Around& around) {
  v1::SpeakerSplit split;
  split.set_speaker_key(root);
  for (const std::string& other : joined) {
    const std::string own = around.before.Resolve(other);
    if (own != root && around.now.IsMerged(own)) split.add_separated(own);
  }
  return split;
}

}  // namespace

absl::StatusOr<std::vector<log::NewEvent>> InverseOnSpeakers(const log::Snapshot& snapshot,
                                                             uint64_t sequence,
                                                             std::string_view reason,
                                                             const article::EventMaker& person) {
  VB_ASSIGN_OR_RETURN(const log::HeaderView header, snapshot.View(sequence));
  VB_ASSIGN_OR_RETURN(const auto body, snapshot.Body(sequence, header));
  if (!body) return absl::NotFoundError(absl::StrCat("@", sequence, " was erased"));
  Around around;
  VB_ASSIGN_OR_RETURN(around.before, audit::SpeakerBook::Read(snapshot, sequence - 1));
  VB_ASSIGN_OR_RETURN(around.now, audit::SpeakerBook::Read(snapshot));
  std::vector<log::NewEvent> events;
  v1::SpeakerAliased aliased;
  v1::SpeakersMerged merged;
  v1::SpeakerSplit split;
  if (header.type == split.GetDescriptor()->full_name() && split.ParseFromString(*body)) {
    merged = InverseOf(split, around);
    if (!merged.merged().empty()) {
      VB_RETURN_IF_ERROR(Push(header.stream, reason, merged, person, &events));
    }
  } else {
    const bool alias =
        header.type == aliased.GetDescriptor()->full_name() && aliased.ParseFromString(*body);
    if (!alias && !merged.ParseFromString(*body)) {
      return absl::DataLossError(absl::StrCat("@", sequence, " doesn't parse"));
    }
    const std::string root =
        around.before.Resolve(alias ? aliased.speaker_key() : merged.speaker_key());
    std::vector<std::string> joined(merged.merged().begin(), merged.merged().end());
    if (alias) joined = {aliased.alias_key()};
    split = InverseOf(root, joined, around);
    if (!split.separated().empty()) {
      VB_RETURN_IF_ERROR(Push(header.stream, reason, split, person, &events));
    }
    merged.Clear();
    merged.set_speaker_key(root);
    merged.set_name(around.before.NameOf(root));
    if (!merged.name().empty() && merged.name() != around.now.NameOf(root)) {
      VB_RETURN_IF_ERROR(Push(header.stream, reason, merged, person, &events));
    }
  }
  if (!events.empty()) return events;
  return absl::InvalidArgumentError(
      absl::StrCat("@", sequence, " is undone already: what it did stands no more"));
}

}  // namespace verbatim::archive
