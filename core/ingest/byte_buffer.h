// SPDX-License-Identifier: Apache-2.0
// Bytes that are put in behind and taken out in front. Unlike a string's, its room isn't filled
// with zeros before something is read into it.
#ifndef VERBATIM_CORE_INGEST_BYTE_BUFFER_H_
#define VERBATIM_CORE_INGEST_BYTE_BUFFER_H_

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <memory>
#include <string_view>
#include <utility>

#include "core/base/check.h"

namespace verbatim::ingest {

class ByteBuffer {
 public:
  size_t size() const { return end_ - begin_; }
  bool empty() const { return begin_ == end_; }
  // Valid until something is put in.
  std::string_view View() const { return {data_.get() + begin_, size()}; }

  // Room for so many bytes behind the last; those that were written are then added.
  char* Room(size_t bytes) {
    if (capacity_ - end_ < bytes) MakeRoom(bytes);
    return data_.get() + end_;
  }
  void Add(size_t bytes) {
    VB_CHECK(bytes <= capacity_ - end_, "there was room for what is added");
    end_ += bytes;
  }
  void Append(std::string_view bytes) {
    if (bytes.empty()) return;
    std::memcpy(Room(bytes.size()), bytes.data(), bytes.size());
    Add(bytes.size());
  }

  // Takes out the first bytes.
  void Skip(size_t bytes) {
    VB_CHECK(bytes <= size(), "only what is there can be skipped");
    begin_ += bytes;
  }
  // The last bytes that were skipped are there again: false where their room was used since.
  bool Back(size_t bytes) {
    if (bytes > begin_) return false;
    begin_ -= bytes;
    return true;
  }
  void Clear() { begin_ = end_ = 0; }

 private:
  // Moving to the front costs less than it frees, or the room is doubled.
  void MakeRoom(size_t bytes) {
    const size_t held = size();
    if (held > capacity_ / 2 || capacity_ - held < bytes) {
      capacity_ = std::max(2 * capacity_, held + bytes);
      std::unique_ptr<char[]> larger(new char[capacity_]);
      std::copy_n(data_.get() + begin_, held, larger.get());
      data_ = std::move(larger);
    } else {
      std::memmove(data_.get(), data_.get() + begin_, held);
    }
    begin_ = 0;
    end_ = held;
  }

  std::unique_ptr<char[]> data_;
  size_t capacity_ = 0;
  size_t begin_ = 0;
  size_t end_ = 0;
};

}  // namespace verbatim::ingest

#endif  // VERBATIM_CORE_INGEST_BYTE_BUFFER_H_
