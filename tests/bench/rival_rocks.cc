// SPDX-License-Identifier: Apache-2.0
#include <rocksdb/c.h>

#include <cstdlib>

#include "core/base/check.h"
#include "core/store/keys.h"
#include "tests/bench/rivals.h"

namespace verbatim::bench {
namespace {

class Rocks final : public Rival {
 public:
  Rocks(const std::filesystem::path& folder, Flush flush) {
    rocksdb_options_set_create_if_missing(options_, 1);
    rocksdb_options_set_compression(options_, rocksdb_no_compression);
    rocksdb_writeoptions_set_sync(write_, flush == Flush::kEveryCommit ? 1 : 0);
    char* error = nullptr;
    db_ = rocksdb_open(options_, folder.c_str(), &error);
    Must(error);
  }
  ~Rocks() override {
    rocksdb_close(db_);
    rocksdb_readoptions_destroy(read_);
    rocksdb_writeoptions_destroy(write_);
    rocksdb_options_destroy(options_);
  }

  void Append(const Blobs& blobs) override {
    Batch batch;
    for (const std::string& blob : blobs) batch.Put(store::U64Key(++last_).view(), blob);
    Write(batch);
  }

  uint64_t Scan() override {
    rocksdb_iterator_t* at = rocksdb_create_iterator(db_, read_);
    uint64_t sum = 0;
    for (rocksdb_iter_seek_to_first(at); rocksdb_iter_valid(at) != 0; rocksdb_iter_next(at)) {
      size_t size = 0;
      const char* value = rocksdb_iter_value(at, &size);
      sum += Touch({value, size});
    }
    rocksdb_iter_destroy(at);
    return sum;
  }

  uint64_t Read(uint64_t number) override { return Get(store::U64Key(number).view()); }

  void Put(const Rows& rows, bool read_first) override {
    Batch batch;
    for (const auto& [key, row] : rows) {
      if (read_first) seen_ += Get(key);
      batch.Put(key, row);
    }
    Write(batch);
  }

 private:
  class Batch {
   public:
    ~Batch() { rocksdb_writebatch_destroy(batch_); }
    void Put(std::string_view key, std::string_view value) {
      rocksdb_writebatch_put(batch_, key.data(), key.size(), value.data(), value.size());
    }
    rocksdb_writebatch_t* get() { return batch_; }

   private:
    rocksdb_writebatch_t* batch_ = rocksdb_writebatch_create();
  };

  // 0 when there is none.
  uint64_t Get(std::string_view key) {
    char* error = nullptr;
    size_t size = 0;
    char* value = rocksdb_get(db_, read_, key.data(), key.size(), &size, &error);
    Must(error);
    if (value == nullptr) return 0;
    const uint64_t sum = Touch({value, size});
    rocksdb_free(value);
    return sum;
  }
  static void Must(char* error) { VB_CHECK(error == nullptr, error == nullptr ? "" : error); }
  void Write(Batch& batch) {
    char* error = nullptr;
    rocksdb_write(db_, write_, batch.get(), &error);
    Must(error);
  }

  rocksdb_options_t* options_ = rocksdb_options_create();
  rocksdb_writeoptions_t* write_ = rocksdb_writeoptions_create();
  rocksdb_readoptions_t* read_ = rocksdb_readoptions_create();
  rocksdb_t* db_ = nullptr;
  uint64_t last_ = 0;
  uint64_t seen_ = 0;
};

}  // namespace

std::unique_ptr<Rival> MakeRocks(const std::filesystem::path& folder, Flush flush) {
  return std::make_unique<Rocks>(folder, flush);
}

}  // namespace verbatim::bench
