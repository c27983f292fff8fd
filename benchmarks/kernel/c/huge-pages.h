// Memory for large tables, zeroed; on Linux in huge pages, which spare misses of the TLB.
#pragma once
#include <stdlib.h>
#include <string.h>
#ifdef __linux__
#include <sys/mman.h>
#endif

static void *huge_pages(size_t bytes) {
  size_t page = (size_t)1 << 21, size = (bytes + page - 1) / page * page;
  void *memory = aligned_alloc(page, size);
#ifdef __linux__
  madvise(memory, size, MADV_HUGEPAGE);
#endif
  return memset(memory, 0, size);
}
