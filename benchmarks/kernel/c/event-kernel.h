// A small event kernel of the usual kind: a heap of times, and a table of handlers that are called
// through pointers. Events at the same time run in no certain order; here none are.
#pragma once
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#define EVENTS_MAX (1 << 16)

typedef void (*Handler)(void *target, int arg);

typedef struct {
  double time;
  uint32_t slot;
} Event;

// What an event does. A cancelled one stays in the heap until it is due.
typedef struct {
  Handler handler;
  void *target;
  int arg;
  int next_free;
  bool cancelled;
} Slot;

static Event *heap; // 4-ary. The four children of an event share a cache line of 64 bytes.
static int heap_size;
static Slot *slots;
static int first_free;
static double now;

static void kernel_prepare(void) {
  if (heap == NULL) {
    heap = (Event *)aligned_alloc(64, sizeof(Event) * (EVENTS_MAX + 4)) + 3;
    slots = malloc(sizeof(Slot) * EVENTS_MAX);
  }
  for (int slot = 0; slot < EVENTS_MAX; slot += 1) slots[slot].next_free = slot + 1;
  first_free = 0;
  heap_size = 0;
  now = 0;
}

static void heap_insert(Event event) {
  int place = heap_size++;
  while (place > 0) {
    int parent = (place - 1) >> 2;
    if (heap[parent].time <= event.time) break;
    heap[place] = heap[parent];
    place = parent;
  }
  heap[place] = event;
}

static inline Event heap_remove_first(void) {
  Event first = heap[0], last = heap[--heap_size];
  int place = 0;
  for (int child = 1; child < heap_size; child = 4 * place + 1) {
    int end = child + 4 < heap_size ? child + 4 : heap_size;
    int least = child;
    for (int other = child + 1; other < end; other += 1) {
      if (heap[other].time < heap[least].time) least = other;
    }
    if (heap[least].time >= last.time) break;
    heap[place] = heap[least];
    place = least;
  }
  heap[place] = last;
  return first;
}

static int schedule(double delay, Handler handler, void *target, int arg) {
  int slot = first_free;
  if (slot == EVENTS_MAX) {
    fprintf(stderr, "more than %d events are pending\n", EVENTS_MAX);
    exit(1);
  }
  first_free = slots[slot].next_free;
  slots[slot].handler = handler;
  slots[slot].target = target;
  slots[slot].arg = arg;
  slots[slot].cancelled = false;
  heap_insert((Event){now + delay, (uint32_t)slot});
  return slot;
}

static inline void cancel(int slot) { slots[slot].cancelled = true; }

static inline void run_first(void) {
  Event event = heap_remove_first();
  Slot *slot = &slots[event.slot];
  Handler handler = slot->handler;
  void *target = slot->target;
  int arg = slot->arg;
  bool cancelled = slot->cancelled;
  slot->next_free = first_free;
  first_free = event.slot;
  if (cancelled) return;
  now = event.time;
  handler(target, arg);
}
