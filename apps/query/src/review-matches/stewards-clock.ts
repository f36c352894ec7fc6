import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { FollowRulings } from './follow-rulings.js';
import { HandOver } from './hand-over.js';
import { WaitingList } from './waiting-list.js';

const HAND_OVER_MS = 20_000;
const KEEP_WARM_MS = 30_000;
const MEASURE_MS = 300_000;

/** What is done whether or not a steward looks. */
@Injectable()
export class StewardsClock implements OnModuleInit, OnModuleDestroy {
  private timers: NodeJS.Timeout[] = [];

  constructor(
    private readonly handOver: HandOver,
    private readonly following: FollowRulings,
    private readonly waiting: WaitingList,
  ) {}

  onModuleInit(): void {
    this.now();
    this.timers = [
      setInterval(() => void this.handOverAndFollow(), HAND_OVER_MS).unref(),
      setInterval(() => void this.waiting.keepWarm(), KEEP_WARM_MS).unref(),
      setInterval(() => void this.waiting.look(), MEASURE_MS).unref(),
    ];
  }

  onModuleDestroy(): void {
    this.timers.forEach(clearInterval);
  }

  private now(): void {
    void this.handOverAndFollow();
    void this.waiting.look();
  }

  private async handOverAndFollow(): Promise<void> {
    await this.handOver.all();
    await this.following.all();
  }
}
