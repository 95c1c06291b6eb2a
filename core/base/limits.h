// SPDX-License-Identifier: Apache-2.0
// Every limit, with its reason. A limit that a person can meet is named in the message that
// refuses.
#ifndef VERBATIM_CORE_BASE_LIMITS_H_
#define VERBATIM_CORE_BASE_LIMITS_H_

#include <cstddef>
#include <cstdint>

namespace verbatim::limits {

inline constexpr size_t kKiB = 1024;
inline constexpr size_t kMiB = 1024 * kKiB;
inline constexpr size_t kGiB = 1024 * kMiB;

// One document: the longest newspaper supplement is under 1 MiB of text; a parsed page is several
// times its size, and one article is the only unit held whole within 256 MiB.
inline constexpr size_t kDocumentBytesMax = 16 * kMiB;

// What one compressed file may become: the limit of a document and some for the rest of a page's
// weight.
inline constexpr size_t kExpandedBytesMax = 256 * kMiB;

// More than this share of control characters is no text.
inline constexpr double kControlShareMax = 0.10;

// A proof bundle is read whole: the captured bytes of a few revisions, in base64.
inline constexpr size_t kProofBytesMax = 256 * kMiB;
// A checkpoint has a few lines, and those of its witnesses; keys have one.
inline constexpr size_t kNoteBytesMax = kMiB;

// Address space of a map, not disk: the log of a lifetime's articles, and a view of it. Sanitizers
// keep address space for themselves.
#ifdef VERBATIM_SANITIZED
inline constexpr size_t kLogMapBytes = 8 * kGiB;
inline constexpr size_t kGenerationMapBytes = 4 * kGiB;
#else
inline constexpr size_t kLogMapBytes = 1024 * kGiB;
inline constexpr size_t kGenerationMapBytes = 64 * kGiB;
#endif

// What a reader's map has beyond the file's size, so that it seldom grows.
inline constexpr size_t kReaderMapRoomBytes = kGiB;

// How long a map that must grow waits for this process's own transactions, which are short.
inline constexpr uint64_t kMapGrowWaitMs = 2000;

// A plugin's shared object is read whole, to be hashed: a debug build with symbols is 10 MiB, the
// largest library of a Debian system under 200.
inline constexpr size_t kPluginBytesMax = 256 * kMiB;

// Exported names of a shared object; a plugin has one, and a file that claims more than this is no
// plugin.
inline constexpr size_t kPluginSymbolsMax = 1'000'000;

// What a plugin gets where its manifest asks for nothing, and the most that it may ask for. The
// longest articles take the built-in annotators well under a second; a batch of events is larger.
inline constexpr uint32_t kPluginCpuMsDefault = 10'000;
inline constexpr uint32_t kPluginCpuMsCeiling = 600'000;
inline constexpr uint32_t kPluginMemoryMibDefault = 1024;
inline constexpr uint32_t kPluginMemoryMibCeiling = 16'384;
inline constexpr uint32_t kProposalsDefault = 10'000;
inline constexpr uint32_t kProposalsCeiling = 100'000;

// Wall-clock time for a call is this many times its processor time, and some: a busy machine is no
// fault of a plugin, a sleeping one is.
inline constexpr uint32_t kPluginWallFactor = 4;
inline constexpr uint32_t kPluginWallExtraMs = 5'000;

// Proposals of one call, together: thirty of a few KiB are usual.
inline constexpr size_t kProposalBytesMax = 64 * kMiB;

// One frame between the tool and a worker: a request holds a document and what stands upstream.
inline constexpr size_t kFrameBytesMax = 256 * kMiB;

// What is kept of a plugin's words: log lines of one call, bytes of one line, and the end of what
// it printed; beyond the last number of printed bytes it is stopped.
inline constexpr size_t kPluginLogLinesMax = 100;
inline constexpr size_t kPluginMessageBytesMax = 2 * kKiB;
inline constexpr size_t kPluginPrintedBytesKept = 4 * kKiB;
inline constexpr size_t kPluginPrintedBytesMax = 16 * kMiB;

// Tables of one view: the number is one byte of its rows' keys.
inline constexpr uint32_t kViewTablesMax = 64;

// A body: the captured bytes of one document, four times over for what a message adds.
inline constexpr size_t kBodyBytesMax = 64 * kMiB;
// Messages within messages: protobuf's own readers stop at 100.
inline constexpr int kBodyDepthMax = 64;
// A header stays under half a page, beyond which LMDB gives a value pages of its own.
inline constexpr size_t kHeaderBytesMax = kKiB;
inline constexpr size_t kStreamNameBytesMax = 128;
inline constexpr size_t kTypeNameBytesMax = 256;
// Bodies over half a page are compressed: they would take whole pages.
inline constexpr size_t kPlainBodyBytesMax = 2 * kKiB;
// One unit of work: an article with its annotations has dozens of events, an erasure of one or a
// decision file thousands. Held whole in memory.
inline constexpr size_t kUnitEventsMax = 100'000;
inline constexpr size_t kUnitBytesMax = 128 * kMiB;
// What is packed into one commit. More gains nothing (measured: 0.71 of a bare file at 1,000
// events, 0.66 at 10,000) and makes other writers wait.
inline constexpr size_t kCommitEventsMax = 10'000;
inline constexpr size_t kCommitBytesMax = 32 * kMiB;

// What a fold holds in memory before it commits: rows and their bookkeeping stay well under the 256
// MiB of a replay, and a rebuild of most archives is one sorted append.
inline constexpr size_t kViewOverlayBytesMax = 64 * kMiB;
// And how many events a commit may speak of, however little they changed: what a crash costs.
inline constexpr uint64_t kViewBatchEventsMax = 1'000'000;
// A view that follows the log while much comes in is committed this often: its flushes and those of
// the log meet on one disk, and fewer than one in a hundred commits of the log should feel it. Who
// reads a view brings it up to head by itself.
inline constexpr uint64_t kViewFollowMs = 1000;
// How long a fold keeps one picture of the log open, in events: some tens of milliseconds.
inline constexpr uint64_t kViewSnapshotEvents = 10'000;
// Articles kept folded between their events. An article's events mostly stand together, so few are
// enough; their texts count twice for what is folded from them.
inline constexpr size_t kFoldedArticlesMax = 64;
inline constexpr size_t kFoldedArticleBytesMax = 24 * kMiB;

// Times that an annotator is tried on the same input after it crashed or ran out of time: an
// unlucky moment passes, a bug doesn't.
inline constexpr uint32_t kRunAttemptsMax = 3;
// Pairs of proposals and annotations on equal words ("Tuesday", in a text that holds thousands)
// that are compared by their distance; beyond it only exact places and overlaps pair them.
inline constexpr size_t kMatchPairsMax = 1'000'000;

// Articles held before they are appended: a commit of a few megabytes is flushed as fast as a small
// one, and a person who watches sees a line within two seconds.
inline constexpr size_t kIngestBatchArticles = 256;
inline constexpr size_t kIngestBatchBytes = 16 * kMiB;
inline constexpr uint64_t kIngestBatchMs = 2000;

// A unit of work that meets another process's again and again: more tries would only make the queue
// longer.
inline constexpr uint32_t kConflictRetriesMax = 5;

// Runs of one plugin that crash or hang one after the other before it is parked: one or two may be
// the article's fault.
inline constexpr uint32_t kCrashesBeforeParking = 5;

// Places of one span's words in a new revision that are looked at: a word that stands more often is
// found by the words around it, or not at all. Of those, how many are tried with the other spans,
// and how many equal ones an event carries for a person to choose from.
inline constexpr size_t kAnchorPlacesMax = 512;
inline constexpr size_t kAnchorPlacementsMax = 16;
inline constexpr size_t kAnchorCandidatesMax = 8;
// Sentences of a new revision that compete with the one that an anchor's sentence became.
inline constexpr size_t kAnchorRivalsMax = 400;

}  // namespace verbatim::limits

#endif  // VERBATIM_CORE_BASE_LIMITS_H_
