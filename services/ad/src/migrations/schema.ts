export interface AdClickTable {
  ad_id: string;
  clicks: number;
}

export interface AdSchema {
  ad_clicks: AdClickTable;
}
