/* Weight gradient of a depthwise convolution over time, for bfloat16 on processors.

   x, g  [batch, frames, channels] bfloat16, contiguous; channels a multiple of 16
   out   [kernel, channels] float, sum over batch and frame of x[t + k - kernel/2] * g[t] (zero outside) */
#include <stdint.h>
#include <string.h>

#define LANES 16
#define MAX_KERNEL 31

static inline void widen(const uint16_t *from, float *to) {
    uint32_t bits[LANES];
    for (int lane = 0; lane < LANES; lane++) bits[lane] = (uint32_t)from[lane] << 16;
    memcpy(to, bits, sizeof bits);
}

#define KERNEL 15
static void block15(const uint16_t *x, const uint16_t *g, float sums[KERNEL][LANES], long frames, long channels) {
    float acc[KERNEL][LANES];
    memcpy(acc, sums, sizeof acc);
    for (long t = KERNEL / 2; t < frames - KERNEL / 2; t++) {
        float gradient[LANES];
        widen(g + t * channels, gradient);
        const uint16_t *row = x + (t - KERNEL / 2) * channels;
#pragma GCC unroll 15
        for (int k = 0; k < KERNEL; k++) {
            float value[LANES];
            widen(row + k * channels, value);
            for (int lane = 0; lane < LANES; lane++) acc[k][lane] += value[lane] * gradient[lane];
        }
    }
    memcpy(sums, acc, sizeof acc);
}

void depthwise_weight_gradient(const uint16_t *x, const uint16_t *g, float *out, long batch, long frames,
                               long channels, long kernel) {
    long half = kernel / 2;
    for (long first = 0; first < channels; first += LANES) {
        float sums[MAX_KERNEL][LANES] = {{0}};
        for (long b = 0; b < batch; b++) {
            const uint16_t *xs = x + b * frames * channels + first;
            const uint16_t *gs = g + b * frames * channels + first;
            int inner = kernel == KERNEL && frames > 2 * half;
            if (inner) block15(xs, gs, sums, frames, channels);
            for (long t = 0; t < frames; t++) {
                if (inner && t >= half && t < frames - half) continue;
                float gradient[LANES], value[LANES];
                widen(gs + t * channels, gradient);
                for (long k = 0; k < kernel; k++) {
                    long source = t + k - half;
                    if (source < 0 || source >= frames) continue;
                    widen(xs + source * channels, value);
                    for (int lane = 0; lane < LANES; lane++) sums[k][lane] += value[lane] * gradient[lane];
                }
            }
        }
        for (long k = 0; k < kernel; k++) memcpy(out + k * channels + first, sums[k], LANES * sizeof(float));
    }
}
