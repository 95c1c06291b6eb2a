// SPDX-License-Identifier: Apache-2.0
// The words that the rules know: the lists of data/*.txt, embedded at build time and read once.
// General words of English only; no person and no institution stands in them by name.
//
//   const Lexicon& words = Lexicon::Get();
//   words.Find("said")->classes & kSpeech
#ifndef VERBATIM_QUOTES_LEXICON_H_
#define VERBATIM_QUOTES_LEXICON_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "word_table.h"

namespace verbatim::quotes {

// What a word can be, one bit each: a word may be several things ("may", "state", "report").
enum WordClass : uint64_t {
  kPronoun = 1ull << 0,  // as a subject: he, they, who
  kObjectPronoun = 1ull << 1,
  kDemonstrative = 1ull << 2,
  kDeterminer = 1ull << 3,
  kPossessive = 1ull << 4,
  kPreposition = 1ull << 5,
  kNpPreposition = 1ull << 6,  // can stand within a noun phrase: "head of", "spokesman for"
  kConjunction = 1ull << 7,
  kSubordinator = 1ull << 8,
  kRelative = 1ull << 9,
  kAuxiliary = 1ull << 10,
  kModal = 1ull << 11,
  kNegation = 1ull << 12,
  kAdverb = 1ull << 13,
  kNumberWord = 1ull << 14,
  kWeekday = 1ull << 15,
  kMonth = 1ull << 16,
  kTimeNoun = 1ull << 17,
  kTimeModifier = 1ull << 18,
  kTitle = 1ull << 19,
  kRole = 1ull << 20,
  kRoleModifier = 1ull << 21,
  kGroupNoun = 1ull << 22,
  kOrgHead = 1ull << 23,
  kDocument = 1ull << 24,
  kCueNoun = 1ull << 25,
  kVenueNoun = 1ull << 26,
  kFinite = 1ull << 27,   // a frequent finite verb that reports nothing
  kDemonym = 1ull << 28,  // Russian, Canadians
  kNation = 1ull << 29,   // Russia, U.S.
  kSeat = 1ull << 30,     // Moscow: also says what its government says
  kGivenName = 1ull << 31,
  kAbbreviation = 1ull << 32,
  kSpeech = 1ull << 33,    // a form of a verb of speech_verbs.txt or mental_verbs.txt
  kWorkNoun = 1ull << 34,  // bears a title: book, show
};

// Words that carry grammar and name nothing.
constexpr uint64_t kGrammar = kPronoun | kDeterminer | kPreposition | kConjunction | kSubordinator |
                              kAuxiliary | kModal | kNegation | kPossessive | kDemonstrative;

enum VerbUse : uint16_t {
  kStrong = 1,
  kThat = 2,
  kQuoteOnly = 4,
  kTell = 8,
  kPhrase = 16,
  kMental = 32,
  kPromise = 256,   // to do something ("vowed to stay")
  kOrder = 128,     // somebody to do something ("urged the council to act")
  kBare = 64,       // a clause without "that", whatever it begins with
  kAsk = 512,       // may name who is asked before "if", "how", ...
  kNounToo = 1024,  // its -s form is as often a noun ("states", "reports")
};

enum VerbForm : uint8_t { kBase = 1, kThirdPerson = 2, kPast = 4, kParticiple = 8, kGerund = 16 };

enum class Gender : uint8_t { kUnknown, kFemale, kMale };

// One word form. `classes` is 0 for a word that no list knows.
struct Word {
  uint64_t classes = 0;
  uint16_t lemma = 0;   // of a reporting verb: Lexicon::Lemma
  uint16_t nation = 0;  // 1-based: Lexicon::NationName
  uint16_t uses = 0;    // VerbUse
  uint8_t forms = 0;    // VerbForm
  Gender gender = Gender::kUnknown;
};

class Lexicon {
 public:
  // Read once, at the first call; never changes. Any thread.
  static const Lexicon& Get();

  // The same with more countries, in the form of data/nations.txt: for articles about places that
  // no general list has. The caller keeps it while quotations are found with it.
  explicit Lexicon(std::string_view more_nations);
  Lexicon(const Lexicon&) = delete;
  Lexicon& operator=(const Lexicon&) = delete;

  // Lower case, apostrophes straight. Never null: an unknown word has no class.
  const Word* Find(std::string_view lower) const { return Find(Padded(lower)); }
  const Word* Find(const LookupWord& lower) const {
    const Word* word = table_.Find(lower);
    return word != nullptr ? word : &unknown_;
  }
  // A word of 1 to kStepBytes bytes, zeros behind them.
  const Word* FindStep(uint64_t lower, uint32_t size) const {
    const Word* word = table_.FindStep(lower, size);
    return word != nullptr ? word : &unknown_;
  }

  std::string_view Lemma(uint16_t lemma) const { return lemmas_[lemma]; }

  // The word without which a verb does not report ("pointed out", "drew attention"); empty: none.
  std::string_view Needs(uint16_t lemma) const { return needs_[lemma]; }

  // The country of a name, adjective or seat ("u.s.", "russian", "new zealand", "moscow"), 1-based;
  // 0 when it is none.
  uint16_t NationOf(std::string_view lower) const;
  std::string_view NationName(uint16_t nation) const { return nations_[nation]; }

  // The office that a role means ("top diplomat" -> "foreign minister"); null when it is none of
  // those listed. Lives as long as the lexicon.
  const std::string* Office(const std::string& role) const {
    const auto found = offices_.find(role);
    return found == offices_.end() ? nullptr : &found->second;
  }

 private:
  void ReadClasses(std::string_view list);
  void ReadPlain(std::string_view list, uint64_t word_class);
  void ReadSexed(std::string_view list, uint64_t word_class);
  void ReadVerbs(std::string_view list, uint16_t always);
  void ReadNations(std::string_view list);
  void ReadGivenNames(std::string_view list);
  void ReadOffices(std::string_view list);
  void AddForm(const std::string& form, uint16_t lemma, uint16_t uses, uint8_t form_bit);
  void Add(std::string_view word, uint64_t word_class) {
    words_[std::string(word)].classes |= word_class;
  }
  void BuildTables();

  // While the lists are read.
  std::unordered_map<std::string, Word> words_;
  std::unordered_map<std::string, uint16_t> nation_of_;

  WordTable<Word> table_;
  WordTable<uint16_t> nation_table_;
  std::unordered_map<std::string, std::string> offices_;
  std::vector<std::string> lemmas_{""};
  std::vector<std::string> needs_{""};
  std::vector<std::string> nations_{""};
  Word unknown_;
};

// A list of data/, as embedded by the build: its name without ".txt". Empty when there is none.
std::string_view EmbeddedList(std::string_view name);

}  // namespace verbatim::quotes

#endif  // VERBATIM_QUOTES_LEXICON_H_
