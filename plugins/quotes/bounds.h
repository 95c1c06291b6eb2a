// SPDX-License-Identifier: Apache-2.0
// Every limit of the quotations, each with its reason. Together they keep the work linear on any
// bytes: no look ahead or back is longer than one of these.
#ifndef VERBATIM_QUOTES_BOUNDS_H_
#define VERBATIM_QUOTES_BOUNDS_H_

#include <cstddef>
#include <cstdint>

namespace verbatim::quotes {

// Text. Elements are tokens outside quotations, or whole quoted segments.
constexpr size_t kLookupBytesMax = 32;  // of a word looked up: no listed word is longer
constexpr int32_t kSentenceMax = 300;   // elements: what runs on without a stop is cut
constexpr int32_t kSignatureMax = 12;   // tokens of the line that names whose words stand above
constexpr int32_t kDatelineMax = 14;   // tokens behind its place: a month, a day, a year, an agency
constexpr int kReachMax = 12;          // paragraphs that one quotation may run over
constexpr size_t kInnerMarksMax = 16;  // single marks between two double ones that are looked over
constexpr size_t kUtteranceNameBytes = 64;  // of a saying's beginning, which name it
constexpr uint32_t kLongQuoteWords = 12;    // a quotation that says by itself what is reported

// Attribution, in elements.
constexpr int32_t kPhraseMax = 18;      // of one noun phrase
constexpr int32_t kAppositionMax = 40;  // between a subject and its verb
constexpr int kGroupsMax = 4;           // comma groups between them
constexpr int32_t kAdjunctMax = 24;     // between a verb and its "that"
constexpr int32_t kAsideMax = 12;       // of what is said of somebody between commas
constexpr int32_t kLeadMax = 24;        // between a verb and the quotation that it leads to
constexpr int32_t kNameBackMax = 6;     // of a name before a colon
constexpr uint32_t kLoudWords = 9;      // no term and no scare quotes are as long
constexpr int32_t kRestMax = 30;        // between a verb and the rest of what was said
constexpr int kPiecesMax = 64;          // pieces of one quotation; what follows is carried over
constexpr uint32_t kCarryParagraphsMax = 3;  // a speaker is not carried farther

// What an article says twice: its opening beside the quotations that follow.
constexpr int kOpeningParagraphs = 2;        // of text, behind the headlines
constexpr size_t kOpeningQuotationsMax = 8;  // of the opening that are compared
constexpr size_t kRestatedLookedAt = 100;    // quotations that they are compared with
constexpr size_t kRestatedWordsMax = 200;    // of one quotation

// Who is meant. Nothing is guessed from farther away.
constexpr int32_t kRunMax = 10;       // words of one name
constexpr size_t kOfficesMax = 8;     // of one person
constexpr size_t kNamesakesMax = 32;  // persons of one last name that are compared
constexpr size_t kHoldersMax = 64;    // persons of one office that are compared
constexpr uint32_t kPronounParagraphsMax = 3;
constexpr uint32_t kInstitutionParagraphsMax = 3;
constexpr uint32_t kOrgReachBytes = 400;     // back from "it" to an institution by description
constexpr size_t kOrgPhrasesLookedAt = 200;  // back from "the ministry"
constexpr size_t kOnlyPersonMentions = 200;  // among which nobody else may be named
constexpr int32_t kMentionsLookedAt = 40;    // back from a pronoun
constexpr size_t kSpeakersLookedAt = 12;     // back from a pronoun
constexpr size_t kIndexBytes = 1 << 14;      // first piece of memory for names: most articles' all
constexpr size_t kDescriptionWordsMax = 9;   // of a speaker who has no name

}  // namespace verbatim::quotes

#endif  // VERBATIM_QUOTES_BOUNDS_H_
