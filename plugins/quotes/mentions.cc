// SPDX-License-Identifier: Apache-2.0
// Who is named in an article: capitalised runs outside quotations, with the titles, roles and
// appositions that stand beside them.
#include <algorithm>

#include "bounds.h"
#include "resolve.h"
#include "verbatim/text/names.h"

namespace verbatim::quotes {
namespace {

bool JoinsName(std::string_view word) {
  return word == "de" || word == "van" || word == "von" || word == "der" || word == "den" ||
         word == "la" || word == "bin" || word == "al" || word == "el" || word == "du" ||
         word == "da" || word == "di" || word == "&";
}

}  // namespace

Resolver::Resolver(const Document& doc) : doc_(doc), phrases_(doc), words_(*doc.words) {
  CollectRuns();
  FindMidSentence();
  MakeEntities();
  LinkShortNames();
  std::stable_sort(mentions_.begin(), mentions_.end(), [](const Mention& a, const Mention& b) {
    return a.bytes.begin < b.bytes.begin;
  });
  mentioned_at_.resize(entities_.size());
  for (const Mention& mention : mentions_) {
    mentioned_at_[static_cast<size_t>(mention.entity)].push_back(mention.bytes.begin);
  }
  CollectOrgPhrases();
}

std::string Resolver::NameText(int32_t first, int32_t last) const {
  std::string text;
  for (int32_t k = first; k <= last; ++k) {
    if (doc_.IsQuoted(k)) continue;
    const Token& token = doc_.TokenOf(k);
    if (!text.empty() && token.blank_before) text.push_back(' ');
    text += doc_.In(token);
  }
  return text;
}

void Resolver::CollectRuns() {
  for (size_t n = 0; n < doc_.sentences.size(); ++n) {
    const Sentence& s = doc_.sentences[n];
    if (doc_.paragraphs[s.paragraph].furniture) continue;
    for (int32_t k = s.begin; k < s.end;) {
      if (!phrases_.IsName(k)) {
        ++k;
      } else {
        CollectRun(static_cast<int32_t>(n), s.begin, s.end, &k);
      }
    }
  }
}

void Resolver::CollectRun(int32_t sentence, int32_t begin, int32_t end, int32_t* at) {
  int32_t last = *at;
  const auto of_name = [&](int32_t k) {
    const std::string_view word = doc_.In(doc_.TokenOf(k));
    return (word == "of" || word == "for") && doc_.TokenOf(last).Is(kOrgHead) &&
           !doc_.TokenOf(last).Is(kRole);
  };
  const bool headline =
      doc_.paragraphs[doc_.sentences[static_cast<size_t>(sentence)].paragraph].headline;
  while (last + 1 < end && last - *at < kRunMax && !doc_.IsQuoted(last + 1)) {
    const Token& next = doc_.TokenOf(last + 1);
    if (headline && next.Is(kSpeech) && (next.word->forms & kThirdPerson) != 0) break;
    int32_t joined = last + 1;  // "van der Berg"
    while (joined < end && joined - last < 4 && !doc_.IsQuoted(joined) &&
           doc_.TokenOf(joined).IsWord() && JoinsName(doc_.In(doc_.TokenOf(joined)))) {
      ++joined;
    }
    if (phrases_.IsName(last + 1)) {
      ++last;
    } else if (joined > last + 2 && joined < end && phrases_.IsName(joined)) {
      last = joined;
    } else if (last + 2 < end && next.IsWord() && phrases_.IsName(last + 2) &&
               (JoinsName(doc_.In(next)) || of_name(last + 1))) {
      last += 2;
    } else {
      break;
    }
  }
  Run run;
  run.first = *at;
  run.last = last;
  run.sentence = sentence;
  run.initial = *at == begin || doc_.IsQuoted(*at - 1);
  *at = last + 1;
  if (run.last == run.first || !doc_.TokenOf(run.last).Is(kOrgHead)) {
    while (run.first < run.last) {
      const Token& token = doc_.TokenOf(run.first);
      if (!token.Is(kTitle | kRole | kRoleModifier | kDemonym) ||
          (token.Is(kGivenName) && !token.Is(kTitle)))
        break;
      if (token.Is(kTitle)) run.titled = true;
      if (token.Is(kTitle | kRole) && token.word->gender != Gender::kUnknown)
        run.gender = token.word->gender;
      ++run.first;
    }
    run.first = phrases_.BehindRoles(run.first, run.last);
  }
  if (run.first == run.last && doc_.TokenOf(run.first).Is(kRole) &&
      !doc_.TokenOf(run.first).Is(kGivenName))
    return;
  if (run.first == run.last && doc_.TokenOf(run.first).Is(kDemonym) && run.last + 1 < end &&
      phrases_.IsNominal(run.last + 1)) {
    return;  // "the Norwegian trawlers" name nobody
  }
  if (run.first > begin && !doc_.IsQuoted(run.first - 1) &&
      doc_.TokenOf(run.first - 1).Is(kDeterminer) && run.first < run.last &&
      doc_.TokenOf(run.last).Is(kRole) &&
      !doc_.TokenOf(run.last).Is(kGivenName | kOrgHead | kGroupNoun)) {
    return;  // "the Northport Democrat"
  }
  RoleBefore(run, begin);
  RoleBehind(run, end);
  for (int32_t k = run.first; k < run.last; ++k) {
    // "head of the Harbour Board Ada Lund"
    if (doc_.TokenOf(k).Is(kOrgHead | kNation) && doc_.TokenOf(k + 1).Is(kGivenName) &&
        !doc_.TokenOf(run.last).Is(kOrgHead)) {
      run.first = k + 1;
    }
  }
  const bool governed = run.first > begin && !doc_.IsQuoted(run.first - 1) &&
                        doc_.TokenOf(run.first - 1).Is(kPreposition);
  int32_t verb = run.last + 1;
  while (verb < end && !doc_.IsQuoted(verb) && doc_.TokenOf(verb).Is(kAdverb)) ++verb;
  if (verb < end && !doc_.IsQuoted(verb)) {
    const Token& token = doc_.TokenOf(verb);
    run.subject = token.Is(kFinite | kAuxiliary | kModal | kSpeech) && !token.Is(kPreposition) &&
                  token.kind != Kind::kClitic;  // "the Herald's questions"
  }
  run.verb = run.subject;
  if (governed && run.role.empty() && !run.titled) {
    const std::string_view word = doc_.In(doc_.TokenOf(run.first - 1));
    run.within = word == "in" || word == "near" || word == "In";
  }
  for (int32_t k = run.first - 1; k >= begin && run.first - k < 8 && !run.aside; --k) {
    if (doc_.IsQuoted(k)) continue;
    if (doc_.TokenOf(k).kind == Kind::kClose) break;
    run.aside = doc_.TokenOf(k).kind == Kind::kOpen;
  }
  if (run.verb && run.first > begin && run.role.empty() && !run.titled) {
    run.article =
        !doc_.IsQuoted(run.first - 1) && LowerWord(doc_.In(doc_.TokenOf(run.first - 1))) == "the";
  }
  run.subject = !governed && (run.subject || run.initial);
  runs_.push_back(std::move(run));
}

// "Freedonian Foreign Minister NAME", "spokesman NAME", "the head of the group NAME".
void Resolver::RoleBefore(Run& run, int32_t begin) const {
  int32_t first = run.first;
  while (first > begin && run.first - first < 8 && !doc_.IsQuoted(first - 1)) {
    const Token& token = doc_.TokenOf(first - 1);
    if (!token.Is(kTitle | kRole | kRoleModifier | kDemonym | kNation) &&
        token.kind != Kind::kClitic)
      break;
    if (token.Is(kConjunction | kPreposition)) break;
    --first;
  }
  while (first < run.first &&
         (doc_.TokenOf(first).kind == Kind::kClitic || doc_.TokenOf(first).Is(kTitle)))
    ++first;
  bool role = false;
  for (int32_t k = first; k < run.first; ++k) {
    const Token& token = doc_.TokenOf(k);
    role = role || token.Is(kRole);
    if (token.Is(kRole | kTitle) && token.word->gender != Gender::kUnknown)
      run.gender = token.word->gender;
  }
  if (role) {
    run.role = NameText(first, run.first - 1);
    return;
  }
  if (run.first - 2 < begin || doc_.IsQuoted(run.first - 1)) return;
  const Token& noun = doc_.TokenOf(run.first - 1);
  if (!noun.IsWord() || noun.capital || !noun.Is(kOrgHead | kGroupNoun)) return;
  for (int32_t k = run.first - 2; k > begin && run.first - k < 6; --k) {
    if (doc_.IsQuoted(k) || doc_.IsQuoted(k - 1)) return;
    if (doc_.In(doc_.TokenOf(k)) != "of" || !doc_.TokenOf(k - 1).Is(kRole)) continue;
    int32_t start = k - 1;
    while (start > begin && !doc_.IsQuoted(start - 1) &&
           doc_.TokenOf(start - 1).Is(kRole | kRoleModifier | kDemonym))
      --start;
    run.role = NameText(start, k - 1);
    return;
  }
}

// "NAME, the mayor of the town,"  "NAME, a doctor".
void Resolver::RoleBehind(Run& run, int32_t end) const {
  int32_t k = run.last + 1;
  if (!run.role.empty() || k >= end || doc_.IsQuoted(k) || doc_.TokenOf(k).kind != Kind::kComma)
    return;
  ++k;
  const int32_t limit = std::min(end, k + 9);
  int32_t first = -1;
  for (; k < limit && !doc_.IsQuoted(k); ++k) {
    const Token& token = doc_.TokenOf(k);
    if (token.Is(kDeterminer | kPossessive) && first < 0) continue;
    if (!token.IsWord() && token.kind != Kind::kClitic) return;
    if (token.Is(kPreposition | kPronoun | kRelative | kFinite | kAuxiliary | kSpeech) &&
        !token.Is(kRole))
      return;
    if (first < 0) first = k;
    if (!token.Is(kRole)) continue;
    while (k + 1 < limit && !doc_.IsQuoted(k + 1) && doc_.TokenOf(k + 1).Is(kRole)) ++k;
    run.role = NameText(first, k);
    if (token.word->gender != Gender::kUnknown) run.gender = token.word->gender;
    return;
  }
}

// Institutions by description: "the Freedonian foreign ministry", later "the ministry".
void Resolver::CollectOrgPhrases() {
  const auto count = static_cast<int32_t>(doc_.elements.size());
  for (int32_t k = 1; k < count; ++k) {
    if (doc_.IsQuoted(k)) continue;
    const Token& token = doc_.TokenOf(k);
    if (!token.Is(kOrgHead) || !token.IsWord()) continue;
    int32_t first = k;
    bool specific = false;
    while (first > 0 && k - first < 7 && !doc_.IsQuoted(first - 1)) {
      const Token& before = doc_.TokenOf(first - 1);
      const bool modifier = before.Is(kDemonym | kNation | kRoleModifier | kSeat) ||
                            phrases_.IsName(first - 1) || before.kind == Kind::kClitic;
      const bool plain = phrases_.IsNominal(first - 1) && before.IsWord() && !before.Is(kSpeech);
      if (!(modifier || plain) || before.paragraph != token.paragraph ||
          before.Is(kDeterminer | kPreposition))
        break;
      specific = specific || modifier;
      --first;
    }
    if (!specific || first == k) continue;
    // What stands before the first telling word is not of the name.
    while (first < k && !doc_.TokenOf(first).capital &&
           !doc_.TokenOf(first).Is(kDemonym | kNation | kSeat)) {
      ++first;
    }
    if (first == k) continue;
    orgs_.push_back({LowerWord(doc_.In(token)), NameText(first, k), doc_.Bytes(first, k)});
  }
}

}  // namespace verbatim::quotes
