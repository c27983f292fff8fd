// W3, the hold model, on a 4-ary heap: the earliest event leaves and enters again at a later time.
#include <stdint.h>

#include "huge-pages.h"
#include "random.h"

typedef struct {
  double time;
  uint64_t number;
} Event;

static Event *heap; // The four children of an event share a cache line of 64 bytes.
static long size;

static inline void insert(Event event) {
  long place = size++;
  while (place > 0) {
    long parent = (place - 1) >> 2;
    if (heap[parent].time <= event.time) break;
    heap[place] = heap[parent];
    place = parent;
  }
  heap[place] = event;
}

// Puts an event into the place of the first one and sifts it down. With four children, two
// comparisons that do not depend on each other come before the third.
static inline void replace_first(Event event) {
  long place = 0, child = 1;
  for (; child + 3 < size; child = 4 * place + 1) {
    long left = child + (heap[child + 1].time < heap[child].time);
    long right = child + 2 + (heap[child + 3].time < heap[child + 2].time);
    long least = heap[right].time < heap[left].time ? right : left;
    if (heap[least].time >= event.time) {
      heap[place] = event;
      return;
    }
    heap[place] = heap[least];
    place = least;
  }
  if (child < size) {
    long least = child;
    for (long other = child + 1; other < size; other += 1) {
      if (heap[other].time < heap[least].time) least = other;
    }
    if (heap[least].time < event.time) {
      heap[place] = heap[least];
      place = least;
    }
  }
  heap[place] = event;
}

static inline Event remove_first(void) {
  Event first = heap[0], last = heap[--size];
  if (size > 0) replace_first(last);
  return first;
}

static void prepare(long pending) {
  heap = (Event *)huge_pages((pending + 4) * sizeof(Event)) + 3;
}

#include "w3-main.h"
