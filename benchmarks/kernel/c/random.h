// Random numbers, draw for draw those of packages/kernel/src/random: the generator sfc32 (Chris
// Doty-Humphrey) and the ziggurat method of Marsaglia and Tsang (2000) with 256 layers.
#pragma once
#include <math.h>
#include <stdint.h>

#define TWO_TO_MINUS_53 0x1p-53
#define LAYERS 256
// Where the tails begin, and the area of a layer; for 256 layers of these two densities.
#define EXPONENTIAL_TAIL 7.69711747013105
#define EXPONENTIAL_AREA 0.003949659822581557
#define NORMAL_TAIL 3.6541528853610088
#define NORMAL_AREA 0.00492867323399

typedef struct {
  uint32_t a, b, c, counter;
} Stream;

static inline uint32_t random_u32(Stream *stream) {
  uint32_t sum = stream->a + stream->b + stream->counter;
  stream->counter += 1;
  stream->a = stream->b ^ (stream->b >> 9);
  stream->b = stream->c + (stream->c << 3);
  stream->c = ((stream->c << 21) | (stream->c >> 11)) + sum;
  return sum;
}

// The seeds are the state before 15 steps that mix it.
static inline Stream random_stream(uint32_t a, uint32_t b, uint32_t c, uint32_t counter) {
  Stream stream = {a, b, c, counter};
  for (int step = 0; step < 15; step += 1) random_u32(&stream);
  return stream;
}

// A number in [0, 1) with 53 random bits.
static inline double random_float(Stream *stream) {
  uint32_t high = random_u32(stream) >> 5;
  uint32_t low = random_u32(stream) >> 6;
  return (high * 0x1p26 + low) * TWO_TO_MINUS_53;
}

// An integer in [0, n).
static inline uint32_t random_below(Stream *stream, uint32_t n) {
  return (uint32_t)(((uint64_t)random_u32(stream) * n) >> 32);
}

// Right edge of each layer from the base upwards, and the density there. The top edge is 0.
static double exponential_edge[LAYERS + 1], exponential_height[LAYERS + 1];
static double normal_edge[LAYERS + 1], normal_height[LAYERS + 1];

static inline double normal_density(double x) { return exp(-0.5 * x * x); }

static void random_prepare_tables(void) {
  exponential_edge[0] = EXPONENTIAL_AREA / exp(-EXPONENTIAL_TAIL);
  exponential_edge[1] = EXPONENTIAL_TAIL;
  normal_edge[0] = NORMAL_AREA / normal_density(NORMAL_TAIL);
  normal_edge[1] = NORMAL_TAIL;
  for (int layer = 2; layer < LAYERS; layer += 1) {
    double x = exponential_edge[layer - 1], y = normal_edge[layer - 1];
    exponential_edge[layer] = -log(EXPONENTIAL_AREA / x + exp(-x));
    normal_edge[layer] = sqrt(-2 * log(NORMAL_AREA / y + normal_density(y)));
  }
  for (int layer = 0; layer <= LAYERS; layer += 1) {
    exponential_height[layer] = exp(-exponential_edge[layer]);
    normal_height[layer] = normal_density(normal_edge[layer]);
  }
}

// Exponentially distributed, mean 1.
static inline double random_exponential(Stream *stream) {
  double beyond = 0;
  for (;;) {
    // 8 bits choose the layer, the other 24 and 29 of the next number the place in it.
    uint32_t bits = random_u32(stream);
    int layer = bits & 255;
    double place = ((bits >> 8) * 0x1p29 + (random_u32(stream) >> 3)) * TWO_TO_MINUS_53;
    double x = place * exponential_edge[layer];
    if (x < exponential_edge[layer + 1]) return beyond + x;
    if (layer == 0) {
      beyond += EXPONENTIAL_TAIL; // The tail is an exponential density again.
      continue;
    }
    double low = exponential_height[layer], high = exponential_height[layer + 1];
    if (low + random_float(stream) * (high - low) < exp(-x)) return beyond + x;
  }
}

// Beyond the last layer: Marsaglia's method of 1964.
static double random_normal_tail(Stream *stream) {
  for (;;) {
    double x = -log(1 - random_float(stream)) / NORMAL_TAIL;
    double y = -log(1 - random_float(stream));
    if (y + y >= x * x) return NORMAL_TAIL + x;
  }
}

// Normally distributed, mean 0, standard deviation 1.
static inline double random_normal(Stream *stream) {
  for (;;) {
    // 8 bits choose the layer, one the sign, 23 and 30 of the next number the place.
    uint32_t bits = random_u32(stream);
    int layer = bits & 255;
    double place = ((bits >> 9) * 0x1p30 + (random_u32(stream) >> 2)) * TWO_TO_MINUS_53;
    double x = place * normal_edge[layer];
    double sign = (bits & 256) ? 1 : -1;
    if (x < normal_edge[layer + 1]) return sign * x;
    if (layer == 0) return sign * random_normal_tail(stream);
    double low = normal_height[layer], high = normal_height[layer + 1];
    if (low + random_float(stream) * (high - low) < normal_density(x)) return sign * x;
  }
}
