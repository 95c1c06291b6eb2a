// SPDX-License-Identifier: Apache-2.0
// What goes over the socket between the tool and a worker: four bytes of payload size, big-endian,
// one byte of kind, the payload. README.md lists who sends which and when.
#ifndef VERBATIM_CORE_PLUGIN_FRAMES_H_
#define VERBATIM_CORE_PLUGIN_FRAMES_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/status.h"

namespace verbatim::plugin {

enum class FrameKind : uint8_t {
  // To a worker.
  kConfig = 'c',   // the serialized configuration; first, once
  kRequest = 'q',  // verbatim.v1.AnnotateRequest
  kFold = 'f',     // U64: fold every event up to this sequence
  kGoOn = 'g',     // the parent has renewed its read transaction: the next step may begin
  // From a worker.
  kReady = 'r',     // the instance is made; calls may come
  kRefused = 'x',   // U8 absl::StatusCode, text: it couldn't be made
  kLog = 'l',       // U8 severity, text
  kProposal = 'p',  // verbatim.v1.Proposal
  kDone = 'd',      // U8 AnnotateEnd, text
  kStep = 'n',      // U64: folded up to this sequence, no picture of the log held; waits for kGoOn
  kFolded = 'F',    // U64 sequence, 32 bytes digest: as far as was asked
  kStalled = 'S',   // U64 sequence that couldn't be digested, text
  kTrouble = 't',  // U8 absl::StatusCode, text: the log or the generation can't be read or written;
                   // the worker ends
  kTimeUp = 'T',   // a batch was cancelled at its time limit; the worker ends
  kOutOfMemory = 'm',  // the worker ends
  kForbidden = '!',    // U32 number of the system call; the worker ends
};

// How a call to an annotator ended, as its worker tells it.
enum class AnnotateEnd : uint8_t {
  kCompleted = 0,
  kBadInput = 1,
  kFailed = 2,
  kCancelled = 3,  // by its own time limit
  kTooMuch = 4,    // proposals
  kOutOfMemory = 5,
};

struct Frame {
  FrameKind kind;
  std::string payload;
};

std::string EncodeFrame(FrameKind kind, std::string_view payload);

// Takes bytes as they come and gives whole frames. One thread.
class FrameBuffer {
 public:
  void Append(std::string_view bytes) { bytes_.append(bytes); }
  // Nothing: it isn't there whole yet. kInvalidArgument: no frame of ours, or one over
  // kFrameBytesMax; nothing more can be read then.
  absl::StatusOr<std::optional<Frame>> Next();

 private:
  std::string bytes_;
  size_t read_ = 0;
};

// The worker's end of a socket, blocking. One thread.
class FrameSocket {
 public:
  explicit FrameSocket(int fd) : fd_(fd) {}
  // Doesn't return when the parent is gone: the process ends, as there is nobody to tell.
  void Write(FrameKind kind, std::string_view payload);
  // Nothing at the end: the parent has closed its side, or sent what is no frame.
  std::optional<Frame> Read();
  int fd() const { return fd_; }

 private:
  int fd_;
  FrameBuffer in_;
};

}  // namespace verbatim::plugin

#endif  // VERBATIM_CORE_PLUGIN_FRAMES_H_
