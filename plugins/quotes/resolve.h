// SPDX-License-Identifier: Apache-2.0
// Who is meant: names, offices and institutions of one article, and which of them a mention refers
// to. Nothing outside the article is consulted, and nothing is guessed over more than a few
// paragraphs.
#ifndef VERBATIM_QUOTES_RESOLVE_H_
#define VERBATIM_QUOTES_RESOLVE_H_

#include <memory_resource>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "attach.h"
#include "scan.h"
#include "word_table.h"

namespace verbatim::quotes {

enum class SpeakerType : uint8_t { kUnknown, kPerson, kOrganisation, kGovernment, kGroup };

// Somebody or something that the article names.
struct Entity {
  std::string name;  // the fullest spelling
  std::string key;   // NameKey(name)
  SpeakerType type = SpeakerType::kUnknown;
  Gender gender = Gender::kUnknown;
  std::string role;                  // as first given: "Freedonian Foreign Minister"
  std::vector<std::string> offices;  // folded: "foreign minister"
  uint16_t nation = 0;
  Range first;           // where it was first named in full
  bool certain = false;  // its type rests on more than its shape
  bool place = false;    // somebody is "in" or "near" it
};

struct Speaker {
  std::string name;      // empty: not resolved
  bool generic = false;  // a description, not a name: "a senior official"
  SpeakerType type = SpeakerType::kUnknown;
  std::string role;
  int32_t entity = -1;
  std::vector<Range> evidence;  // the mentions that it rests on
  bool by_pronoun = false;
};

class Resolver {
 public:
  explicit Resolver(const Document& doc);

  // The speaker of every attribution, in the same order. `found` need not be sorted.
  std::vector<Speaker> Resolve(const std::vector<Attribution>& found);

 private:
  // A place where an entity is named outside quotations.
  struct Mention {
    Range bytes;
    int32_t entity = -1;
    int32_t sentence = 0;
    uint32_t paragraph = 0;
    bool subject = false;
    bool aside = false;  // in brackets: a credit, a party, a place
  };
  struct Run {          // a capitalised run with the words that belong to it
    int32_t first = 0;  // elements of the name itself
    int32_t last = 0;
    int32_t sentence = 0;
    bool initial = false;  // it begins its sentence
    bool subject = false;
    bool verb = false;     // a verb follows
    bool aside = false;    // in brackets
    bool article = false;  // "the Rotunda said": "the" stands before no person
    bool within = false;   // behind "in", "at", "near"
    std::string role;
    Gender gender = Gender::kUnknown;
    bool titled = false;
  };
  struct WordOfName {
    std::string key;  // NameKey, once it was asked for
    bool keyed = false;
    bool mid_sentence = false;  // capitalised somewhere where no sentence begins
  };
  struct OrgPhrase {  // "the Freedonian foreign ministry"
    std::string head;
    std::string name;
    Range bytes;
  };

  // mentions.cc
  void CollectRuns();
  void CollectRun(int32_t sentence, int32_t begin, int32_t end, int32_t* at);
  void RoleBefore(Run& run, int32_t begin) const;
  void RoleBehind(Run& run, int32_t end) const;
  void MakeEntities();
  void LinkShortNames();
  void FindMidSentence();
  void CollectOrgPhrases();
  int32_t EntityFor(const Run& run);
  int32_t ShortName(const std::string& key, uint32_t at) const;
  void Acronym(const Run& run, int32_t entity);
  SpeakerType TypeOf(const Run& run, uint16_t nation) const;
  std::string NameText(int32_t first, int32_t last) const;
  const WordOfName& KeyedWord(const Token& token);
  void GiveRole(int32_t number, const std::string& role);
  std::string OfficeOf(const std::string& role) const;

  // resolve.cc
  // What a mention may refer to.
  enum class Want : uint8_t { kMale, kFemale, kPerson, kThing, kSeveral };
  struct Context {
    const Attribution& a;
    const std::vector<Attribution>& found;
    const std::vector<Speaker>& speakers;
    const std::vector<int32_t>& said;
  };
  bool Fits(const Speaker& speaker, Want want) const;
  // The same of a type; `entity` is null where none is known.
  static bool Fits(SpeakerType type, bool generic, const Entity* entity, Want want);
  Speaker Nearest(const Context& context, Want want, uint32_t at, uint32_t paragraphs_max);
  Speaker OwnerOf(const Context& context, const Phrase& phrase);
  Speaker Known(const Phrase& phrase, const std::vector<std::string>& words, const Context& context,
                uint32_t at);
  Speaker Institution(const std::vector<std::string>& words, const Context& context, uint32_t at);
  Speaker OnlyPerson(uint16_t nation, uint32_t at) const;
  Speaker DescribedBefore(const Context& context, const std::string& noun) const;
  Speaker Described(const Phrase& phrase, const Word& head) const;
  Speaker ResolveOne(const Context& context);
  Speaker ByName(const Phrase& phrase);
  Speaker ByNoun(const Context& context, uint32_t at);
  Speaker ByPronoun(const Context& context);
  Speaker Pronoun(const Context& context, const std::string& word, uint32_t at);
  Speaker HolderOf(const std::vector<std::string>& words, uint16_t nation, uint32_t at);
  Speaker OfEntity(int32_t entity, Range evidence) const;
  Speaker Nation(uint16_t nation) const;
  int64_t LastMention(int32_t entity, uint32_t before) const;
  // How well a role of theirs means the office asked for: 2 in its own words, 1 by another name.
  int Holds(const Entity& entity, const std::vector<std::string>& words,
            const std::string& office) const;
  // The first mention that begins at `at` or behind it.
  std::vector<Mention>::const_iterator FirstMention(uint32_t at) const;

  const Document& doc_;
  Phrases phrases_;
  const Lexicon& words_;
  std::vector<Run> runs_;
  std::vector<int32_t> run_entity_;
  std::vector<Entity> entities_;
  std::vector<Mention> mentions_;
  std::vector<OrgPhrase> orgs_;
  std::vector<std::vector<uint32_t>> mentioned_at_;  // per entity, bytes in order

  // What is looked up by name. All of it goes at once, so its nodes come from one place.
  std::pmr::monotonic_buffer_resource memory_{kIndexBytes};
  template <class Key, class Value>
  using Index = std::pmr::unordered_map<Key, Value, HashBytes>;
  Index<std::string, std::vector<int32_t>> holders_{&memory_};  // by last word and by office
  Index<std::string_view, WordOfName> name_words_{&memory_};
  Index<std::string, int32_t> by_key_{&memory_};
  Index<std::string, std::vector<int32_t>> by_last_{&memory_};  // persons, by key of the last name
  Index<std::string, std::vector<int32_t>> by_given_{&memory_};
};

}  // namespace verbatim::quotes

#endif  // VERBATIM_QUOTES_RESOLVE_H_
