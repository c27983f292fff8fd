// W3, the hold model, on buckets with a heap before them. A bucket is an unsorted list of events of
// one span of time. Only the current bucket is in order: a binary heap, the front. What is later
// than all buckets lies in a list apart until the buckets are used up and laid anew.
#include <math.h>
#include <stdint.h>
#include <stdlib.h>

#include "huge-pages.h"
#include "random.h"

#define EVENTS_PER_BUCKET 4
#define BUCKETS_MAX (1 << 20)
#define NONE -1

typedef struct {
  double time;
  uint64_t number;
} Event;

// An event outside the front, in the list of its bucket, or free.
typedef struct {
  double time;
  uint32_t number;
  int32_t next;
} Node;

static Event *front;
static int front_size;

static Node *nodes;
static int32_t first_free;

static int32_t *buckets;
static int bucket_count, current = -1;
static double start, buckets_per_unit; // Bucket 0 begins at `start`.

static int32_t later = NONE;
static long later_count;
static double later_sum, later_least = INFINITY;

static inline void front_insert(Event event) {
  int place = front_size++;
  while (place > 0) {
    int parent = (place - 1) >> 1;
    if (front[parent].time <= event.time) break;
    front[place] = front[parent];
    place = parent;
  }
  front[place] = event;
}

static inline Event front_remove_first(void) {
  Event first = front[0], last = front[--front_size];
  int place = 0;
  for (int child = 1; child < front_size; child = 2 * place + 1) {
    child += child + 1 < front_size && front[child + 1].time < front[child].time;
    if (front[child].time >= last.time) break;
    front[place] = front[child];
    place = child;
  }
  front[place] = last;
  return first;
}

// Puts a node into the bucket at this position, or among the later ones.
static inline void node_file(int32_t node, double position) {
  int32_t *list = &later;
  if (position < bucket_count) {
    list = &buckets[(int)position];
  } else {
    double time = nodes[node].time;
    later_count += 1;
    later_sum += time;
    if (time < later_least) later_least = time;
  }
  nodes[node].next = *list;
  *list = node;
}

static inline void insert(Event event) {
  // The position never falls as time grows, whatever the rounding, so buckets are in order.
  double position = (event.time - start) * buckets_per_unit;
  if (position < current + 1) {
    front_insert(event);
    return;
  }
  int32_t node = first_free;
  first_free = nodes[node].next;
  nodes[node].time = event.time;
  nodes[node].number = (uint32_t)event.number;
  node_file(node, position);
}

// Lays the buckets over the later events: from the first one to twice as far as their mean.
static void lay_buckets(void) {
  double span = 2 * (later_sum / later_count - later_least);
  long wanted = later_count / EVENTS_PER_BUCKET;
  bucket_count = wanted < 1 ? 1 : wanted > BUCKETS_MAX ? BUCKETS_MAX : (int)wanted;
  buckets_per_unit = span > 0 ? bucket_count / span : 0;
  start = later_least;
  current = -1;
  for (int bucket = 0; bucket < bucket_count; bucket += 1) buckets[bucket] = NONE;
  int32_t node = later;
  later = NONE;
  later_count = 0;
  later_sum = 0;
  later_least = INFINITY;
  while (node != NONE) {
    int32_t next = nodes[node].next;
    node_file(node, (nodes[node].time - start) * buckets_per_unit);
    node = next;
  }
}

// Moves the events of the next bucket that has some to the front.
static void refill(void) {
  while (front_size == 0) {
    if (current + 1 >= bucket_count) lay_buckets();
    current += 1;
    int32_t node = buckets[current];
    buckets[current] = NONE;
    while (node != NONE) {
      int32_t next = nodes[node].next;
      front_insert((Event){nodes[node].time, nodes[node].number});
      nodes[node].next = first_free;
      first_free = node;
      node = next;
    }
  }
}

static inline Event remove_first(void) {
  if (front_size == 0) refill();
  return front_remove_first();
}

static void prepare(long pending) {
  front = huge_pages(pending * sizeof(Event));
  nodes = huge_pages(pending * sizeof(Node));
  buckets = huge_pages(BUCKETS_MAX * sizeof(int32_t));
  for (long node = 0; node < pending; node += 1) nodes[node].next = (int32_t)node + 1;
}

#include "w3-main.h"
